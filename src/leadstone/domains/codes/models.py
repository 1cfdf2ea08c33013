from django.conf import settings
from django.db import models

from leadstone.domains.codes.rules import USUAL_LOW_MARK, Door
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Pool(models.Model):
    """The codes of one magnet."""

    magnet = models.OneToOneField(Magnet, on_delete=models.PROTECT, related_name="code_pool")
    low_mark = models.IntegerField(default=USUAL_LOW_MARK)  # with so many free ones left the owner is told
    warned_at = models.DateTimeField(null=True)  # until it is filled again
    created_at = models.DateTimeField()


class Code(models.Model):
    """One code. `sealed` can be read with this installation's key only, `lookup` is its keyed hash.

    `version` is the one whose rules its holder was promised.
    """

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="codes")
    # Unique over all pools, and so in each: at the counter nobody could tell two of them apart.
    lookup = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    added_at = models.DateTimeField()
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="codes")
    version = models.ForeignKey(MagnetVersion, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)  # stays when the person is forgotten: the code is nobody else's
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "contact"], condition=models.Q(contact__isnull=False), name="one_code_a_person"
            )
        ]
        indexes = [models.Index(fields=["pool", "id"], condition=models.Q(claimed_at=None), name="code_free")]


class Waiting(models.Model):
    """Somebody proved their mailbox when all codes were gone, and gets one of the next."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="waiting")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="+")  # the promise that is kept late
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "contact"], name="one_place_in_line")]


class Redemption(models.Model):
    """One order for which a code was taken; `number` counts the orders of the code. Amounts are minor units."""

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="redemptions")
    number = models.IntegerField()
    nonce = models.UUIDField(unique=True)
    at = models.DateTimeField()
    door = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Door])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    deal_id = models.BigIntegerField(null=True)  # of the pipeline, an upper noun
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"], condition=models.Q(taken_back_at=None), name="one_redemption_a_use"
            )
        ]
        indexes = [models.Index(fields=["-at"], name="redemption_latest")]
