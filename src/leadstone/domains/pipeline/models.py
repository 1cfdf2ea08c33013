from django.conf import settings
from django.db import models

from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.models import Contact
from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.qualification.models import Promotion


class Stage(models.Model):
    """One column of the board. `names`: language → words; `requires`: values of `rules.Requirement`."""

    key = models.SlugField(max_length=30, unique=True)
    names = models.JSONField(default=dict)
    stage_class = models.CharField(max_length=4, choices=[(c.value, c.value) for c in StageClass])
    position = models.IntegerField()
    probability = models.IntegerField()  # percent
    requires = models.JSONField(default=list)
    rots_after_days = models.IntegerField(null=True)  # quiet days after which a deal here is rotting
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(probability__range=(0, 100)), name="a_probability_is_a_percentage")
        ]


class CloseReason(models.Model):
    """Why deals are won or lost. `names`: language → words."""

    key = models.SlugField(max_length=30, unique=True)
    names = models.JSONField(default=dict)
    stage_class = models.CharField(max_length=4, choices=[(c.value, c.value) for c in StageClass])
    position = models.IntegerField()
    archived_at = models.DateTimeField(null=True)


class Deal(models.Model):
    """A prospect in the pipeline. Amounts are minor units (grosze, cents) of an ISO 4217 currency."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="deals")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="deals")
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="deals")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deals")
    title = models.CharField(max_length=200, blank=True)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="deals")
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    expected_close = models.DateField(null=True)
    manual_probability = models.IntegerField(null=True)  # percent, kept apart from the stage's
    opened_at = models.DateTimeField(db_index=True)
    entered_stage_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # the last change or activity, for rotting
    won_at = models.DateTimeField(null=True, db_index=True)
    lost_at = models.DateTimeField(null=True, db_index=True)
    close_reason = models.ForeignKey(CloseReason, null=True, on_delete=models.PROTECT, related_name="deals")
    close_note = models.CharField(max_length=400, blank=True)
    version = models.IntegerField(default=0)  # steps with every change; a change names the one that it saw
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(null=True)  # of this version; null: as it was opened
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # One promotion opens one deal, however often its event is told.
    promotion = models.OneToOneField(Promotion, null=True, on_delete=models.SET_NULL, related_name="deal")

    class Meta:
        indexes = [models.Index(fields=["stage", "-entered_stage_at"], name="deal_on_board")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(manual_probability__isnull=True) | models.Q(manual_probability__range=(0, 100)),
                name="a_guess_is_a_percentage",
            ),
            models.CheckConstraint(condition=models.Q(won_at__isnull=True) | models.Q(lost_at__isnull=True), name="won_or_lost"),
        ]


class StageChange(models.Model):
    """The history of a deal's stages; the truth for durations. `before` is null for the first."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="changes")
    before = models.ForeignKey(Stage, null=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    overrode = models.JSONField(default=list)  # requirements that a manager passed over
    reason = models.CharField(max_length=400, blank=True)  # of the override
    replaced = models.JSONField(default=dict)  # what the move wrote over, as `services.moving` kept it: undo puts it back

    class Meta:
        indexes = [models.Index(fields=["deal", "at"], name="stage_history")]


class Goal(models.Model):
    """What a month should bring. `month` is its first day."""

    month = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "currency"], name="one_goal_a_month")]
