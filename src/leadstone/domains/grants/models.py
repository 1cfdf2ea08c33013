from django.db import models

from leadstone.domains.capture.models import Submission
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.rules import GrantState, Rating
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Grant(models.Model):
    """`key` names the grant in tokens. One grant a person and magnet; a second request renews it."""

    key = models.UUIDField(unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="grants")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="grants")
    version = models.ForeignKey(MagnetVersion, on_delete=models.PROTECT, related_name="grants")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.SET_NULL, related_name="grants")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in GrantState])
    requests = models.IntegerField(default=1)
    promised_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)
    rating = models.CharField(max_length=8, blank=True, choices=[(r.value, r.value) for r in Rating])
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "magnet"], condition=models.Q(contact__isnull=False), name="one_grant_per_magnet"
            )
        ]
        indexes = [models.Index(fields=["state", "promised_at"], name="grant_fate")]


class MailedCode(models.Model):
    """The six digits of a mail that was handed over; only a keyed digest is kept."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class CodeAttempt(models.Model):
    """How often codes were tried for one address on one day (UTC), over all thank-you pages."""

    address_hash = models.CharField(max_length=64)
    day = models.DateField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash", "day"], name="one_count_of_attempts")]
