from django.conf import settings
from django.db import models

from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.shipments.rules import COUNTED, MovementKind, ParcelState


class Stock(models.Model):
    """What lies on the shelf for one magnet, and how much of it is set aside for somebody. Never below zero."""

    magnet = models.OneToOneField(Magnet, on_delete=models.PROTECT, related_name="stock")
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reserved__gte=0), name="no_negative_reservation"),
            models.CheckConstraint(condition=models.Q(on_hand__gte=models.F("reserved")), name="nothing_promised_that_is_gone"),
        ]


class Parcel(models.Model):
    """What is sent for one grant. `household`: a keyed hash of the address, so that one goes to each."""

    key = models.UUIDField(unique=True)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="parcel")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="parcels")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="parcels")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ParcelState])
    household = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    reserved_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # until when it is promised to leave
    packed_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    carrier = models.CharField(max_length=20, blank=True)
    tracking = models.CharField(max_length=40, blank=True)
    sendings = models.IntegerField(default=0)  # how often it was handed over; one that came back goes out again
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Whatever runs at the same time: one to a household.
            models.UniqueConstraint(
                fields=["magnet", "household"],
                condition=models.Q(state__in=sorted(state.value for state in COUNTED)) & ~models.Q(household=""),
                name="one_parcel_per_household",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="parcel_queue"),
            models.Index(fields=["magnet", "state", "asked_at"], name="parcel_line"),
        ]


class Movement(models.Model):
    """One change of a stock: what, how many, who, when."""

    stock = models.ForeignKey(Stock, on_delete=models.CASCADE, related_name="movements")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MovementKind])
    quantity = models.IntegerField()
    parcel = models.ForeignKey(Parcel, null=True, on_delete=models.SET_NULL, related_name="movements")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["stock", "-at"], name="stock_history")]


class ServedHousehold(models.Model):
    """A household that has had one, kept when the parcel's address is deleted; only where the exchange contract says so."""

    magnet = models.ForeignKey(Magnet, on_delete=models.CASCADE, related_name="+")
    household = models.CharField(max_length=64)
    sent_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["magnet", "household"], name="one_mark_per_household")]
