from django.db import models

from leadstone.domains.contacts.models import Contact
from leadstone.domains.tracking.rules import VisitStep


class Touch(models.Model):
    """One contact between a person and us, with its source."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="touches")
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=24)
    origin = models.JSONField(default=dict)
    version_id = models.BigIntegerField(null=True, db_index=True)
    submission_ref = models.CharField(max_length=40, blank=True)
    campaign_id = models.BigIntegerField(null=True, db_index=True)
    link_id = models.BigIntegerField(null=True, db_index=True)
    note = models.CharField(max_length=400, blank=True)


class PageViews(models.Model):
    """How often a version was seen, or its questions were begun, on one day from one source; nobody is in here."""

    step = models.CharField(max_length=8, default=VisitStep.VIEW.value)
    version_id = models.BigIntegerField()
    day = models.DateField()
    channel = models.CharField(max_length=24)
    source = models.CharField(max_length=120, blank=True)
    medium = models.CharField(max_length=120, blank=True, default="")
    said_campaign = models.CharField(max_length=120, blank=True, default="")  # utm_campaign, as somebody wrote it
    campaign_id = models.BigIntegerField(default=0)  # 0: none
    link_id = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    machines = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "version_id",
                    "day",
                    "channel",
                    "source",
                    "medium",
                    "said_campaign",
                    "campaign_id",
                    "link_id",
                    "step",
                ],
                name="one_row_of_visits",
            )
        ]


class LinkUses(models.Model):
    """How often a tracked link was followed on one day, from a screen ("t") or from paper ("q"); nobody is in here."""

    link_id = models.BigIntegerField()
    day = models.DateField()
    way = models.CharField(max_length=1)
    people = models.BigIntegerField(default=0)
    machines = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link_id", "day", "way"], name="one_row_of_link_uses")]


class QuestionTotals(models.Model):
    """How many forms reached one question of a version on one day, and went on from it; "" is the form after the questions."""

    version_id = models.BigIntegerField()
    day = models.DateField()
    question = models.CharField(max_length=80, blank=True)
    shown = models.BigIntegerField(default=0)
    shown_to_machines = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)
    answered_by_machines = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version_id", "day", "question"], name="one_row_of_a_question")]


class StoppedRun(models.Model):
    """What somebody chose who stopped half way, by question, where the page said that it is kept; nobody is in here."""

    run = models.CharField(max_length=16, unique=True)  # random; the form carried it, and nothing that we keep
    version_id = models.BigIntegerField()
    day = models.DateField()
    answers = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["version_id", "day"], name="stopped_of_a_version")]


class QuestionTimes(models.Model):
    """How many answers of people took about so long; `bucket` counts from the shortest."""

    version_id = models.BigIntegerField()
    day = models.DateField()
    question = models.CharField(max_length=80, blank=True)
    bucket = models.PositiveSmallIntegerField()
    answers = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version_id", "day", "question", "bucket"], name="one_row_of_times")]
