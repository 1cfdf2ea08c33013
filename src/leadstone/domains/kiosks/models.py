from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.kiosks.rules import LONGEST_NAME, EntryKind, EntryState
from leadstone.domains.magnets.models import Magnet


class Kiosk(models.Model):
    """One device. `collector` answers for what is agreed to on it."""

    key = models.CharField(max_length=22, unique=True)  # random; names the device to the edge
    name = models.CharField(max_length=LONGEST_NAME)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="kiosks")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="kiosks")
    language = models.CharField(max_length=8)  # of the first screen; whoever stands there may change it
    collector = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="kiosks")
    made_at = models.DateTimeField()
    pairing_digest = models.CharField(max_length=64, blank=True, db_index=True)  # of the secret in the link
    pairing_until = models.DateTimeField(null=True)
    paired_at = models.DateTimeField(null=True)
    public_key = models.CharField(max_length=130, blank=True)  # hex; the private half never left the device
    seen_at = models.DateTimeField(null=True)
    waiting = models.IntegerField(default=0)  # on the device, as it told last
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class KioskEntry(models.Model):
    """One thing that a device handed over. `sealed` is emptied as soon as it took effect."""

    kiosk = models.ForeignKey(Kiosk, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=22)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in EntryState])
    kind = models.CharField(max_length=8, blank=True, choices=[(k.value, k.value) for k in EntryKind])
    because = models.CharField(max_length=20, blank=True)  # why it has no effect: `rules.Unreadable`
    sealed = models.BinaryField(default=b"")
    device_at = models.DateTimeField(null=True)  # as the device's own clock said
    collected_at = models.DateTimeField(null=True)  # by our clock
    clock = models.BigIntegerField(default=0)  # what the device's clock said as it sent, in milliseconds
    arrived_at = models.DateTimeField()
    lead_id = models.BigIntegerField(null=True)  # of leads, an upper noun

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kiosk", "key"], name="one_effect_per_kiosk_entry")]
        indexes = [
            models.Index(fields=["kiosk", "state", "arrived_at"], name="kiosk_entry_state"),
            models.Index(fields=["lead_id"], name="kiosk_entry_lead"),
        ]
