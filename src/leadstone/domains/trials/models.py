from django.db import models

from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.domains.trials.rules import State


class Trial(models.Model):
    """One person's trial of one magnet; there is no second one. Each moment is the first time that it happened."""

    key = models.UUIDField(unique=True)  # by which other systems name it
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="trials")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="trials")
    version = models.ForeignKey(MagnetVersion, on_delete=models.PROTECT, related_name="+")  # whose terms hold
    grant = models.ForeignKey(Grant, null=True, on_delete=models.SET_NULL, related_name="trials")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.STARTED.value)
    days = models.IntegerField()
    zone = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)  # null: never, or reminded already
    endpoint_key = models.UUIDField(null=True)  # who was asked to open the account
    activated_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # the last time that we heard of
    uses = models.IntegerField(default=0)
    converted_at = models.DateTimeField(null=True)
    deal_id = models.BigIntegerField(null=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "magnet"], condition=models.Q(contact__isnull=False), name="one_trial_a_person"
            )
        ]
        indexes = [
            models.Index(fields=["state", "ends_at"], name="trial_ends"),
            models.Index(fields=["remind_at"], condition=models.Q(remind_at__isnull=False), name="trial_reminder"),
            models.Index(fields=["-started_at", "-id"], name="trial_newest"),
        ]
