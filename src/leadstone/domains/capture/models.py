from django.db import models

from leadstone.domains.capture.rules import Verdict
from leadstone.domains.contacts.models import Contact
from leadstone.domains.magnets.models import MagnetVersion


class JournalCursor(models.Model):
    """How far a journal stream has taken effect; moves in the transaction of the effects."""

    stream = models.CharField(max_length=64, unique=True)
    sequence = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()


class Submission(models.Model):
    """What a visitor sent, as it came. Only erasure and retention may empty `payload`."""

    ref = models.CharField(max_length=40, unique=True)
    stream = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    position = models.IntegerField()
    effect_key = models.CharField(max_length=64)
    address_hash = models.CharField(
        max_length=64, default="", db_index=True
    )  # finds a machine's submissions too when a person is erased
    version = models.ForeignKey(MagnetVersion, on_delete=models.PROTECT, related_name="submissions")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="submissions")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeats")
    verdict = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verdict])
    suspicion = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8)
    payload = models.JSONField(null=True)
    payload_erased_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence", "position"], name="one_submission_per_record"),
            models.UniqueConstraint(
                fields=["effect_key"], condition=models.Q(verdict=Verdict.ACCEPTED.value), name="one_effect_per_form_and_address"
            ),
        ]


class QuarantinedRecord(models.Model):
    """A record that failed alone, kept sealed until it takes effect or runs out. Once it was dealt with, `sealed` is empty."""

    stream = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    position = models.IntegerField()
    sealed = models.BinaryField()
    error = models.CharField(max_length=200)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    retries = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    tried_with = models.CharField(max_length=40, blank=True)  # the version of Leadstone
