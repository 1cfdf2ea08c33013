from django.db import models

from leadstone.domains.capture.models import Submission
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.needs.rules.listening import Source, Verdict


class Theme(models.Model):
    """What several people struggle with. `parent`: the theme that it was joined to; taken apart again, it is as it was."""

    name = models.CharField(max_length=120)
    named_by_id = models.BigIntegerField(null=True)  # null: its name follows its words
    language = models.CharField(max_length=8)
    words = models.JSONField(default=list)  # telling words as people typed them; each by two people at least
    core = models.JSONField(default=dict)  # stem → weight
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    made_by_id = models.BigIntegerField(null=True)  # null: gathered
    created_at = models.DateTimeField()


class Voice(models.Model):
    """That somebody said something, and which theme it belongs to. What they said is kept where it was said."""

    source = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Source])
    submission = models.ForeignKey(Submission, null=True, on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey(Grant, null=True, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=80)  # of the form: "question", "q.worry", "q.pains:bills"
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    said_at = models.DateTimeField(db_index=True)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="voices")
    pinned = models.BooleanField(default=False)  # a person decided; also that it belongs to no theme

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "field"], condition=models.Q(submission__isnull=False), name="one_voice_per_answer"
            ),
            models.UniqueConstraint(fields=["grant"], condition=models.Q(grant__isnull=False), name="one_voice_per_rating"),
        ]


class Answering(models.Model):
    """What a person decided about a theme and a magnet, whatever their words have in common."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="answers")
    magnet = models.ForeignKey(Magnet, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=[(v.value, v.value) for v in Verdict])
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "magnet"], name="one_verdict_per_magnet")]


class Gathering(models.Model):
    """How far what was said has been listened to. One row."""

    submissions_through = models.BigIntegerField(default=0)
    rated_through = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True)
