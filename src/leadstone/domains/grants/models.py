from django.db import models

from leadstone.domains.capture.models import Submission
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.rules import GrantState, Rating
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Grant(models.Model):
    """`key` names the grant in tokens. One grant a person and magnet; a second request renews it."""

    key = models.UUIDField(unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="grants")
    # `grant_figures` begins with it: an index of its own would only cost.
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="grants", db_index=False)
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
    rated_first_at = models.DateTimeField(null=True)
    rating_words = models.TextField(blank=True, default="")  # what they added to their answer
    ask_at = models.DateTimeField(null=True)  # when they are asked whether the promise was kept; null: never, or not yet
    asked_at = models.DateTimeField(null=True)
    place = models.IntegerField(null=True)  # which of a limited number it has; null: not limited, or none
    waiting_since = models.DateTimeField(null=True)  # when it came into line

    class Meta:
        constraints = [
            # Whatever runs at the same time: no place of a magnet is given twice.
            models.UniqueConstraint(
                fields=["magnet", "place"], condition=models.Q(place__isnull=False), name="one_grant_per_place"
            ),
            models.UniqueConstraint(
                fields=["contact", "magnet"], condition=models.Q(contact__isnull=False), name="one_grant_per_magnet"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "promised_at"], name="grant_fate"),
            # Holds all that is counted of a magnet's promises, so that counting reads nothing else.
            models.Index(fields=["magnet", "promised_at", "state", "rating", "opened_at", "delivered_at"], name="grant_figures"),
            models.Index(fields=["magnet", "rated_at"], condition=models.Q(rated_at__isnull=False), name="grant_rated"),
            models.Index(fields=["ask_at"], condition=models.Q(ask_at__isnull=False), name="grant_question"),
            models.Index(
                fields=["magnet", "waiting_since"], condition=models.Q(state=GrantState.WAITING.value), name="grant_line"
            ),
        ]


class PlaceList(models.Model):
    """A limited magnet; whoever holds this row hands out its places."""

    magnet = models.OneToOneField(Magnet, on_delete=models.CASCADE, related_name="+", primary_key=True)


class PromiseWarning(models.Model):
    """The score of a magnet fell, and its owner is told, once. It stands until the score has recovered."""

    magnet = models.ForeignKey(Magnet, on_delete=models.CASCADE, related_name="promise_warnings")
    said_at = models.DateTimeField()
    recent = models.JSONField()  # yes, partly, no of the answers that fell
    before = models.JSONField()  # and of those that they were measured by
    seen_at = models.DateTimeField(null=True)
    seen_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["magnet"], condition=models.Q(ended_at__isnull=True), name="one_open_warning_per_magnet"
            )
        ]


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
