from django.conf import settings
from django.db import models

from leadstone.domains.bookings.rules import By, State
from leadstone.domains.contacts.models import Contact
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Host(models.Model):
    """A member of staff whom visitors may book. `hours`: ISO weekday → spans of wall time in `zone`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)  # takes new bookings
    zone = models.CharField(max_length=60)  # IANA name
    hours = models.JSONField(default=dict)
    before_minutes = models.IntegerField(default=0)
    after_minutes = models.IntegerField(default=0)
    daily_limit = models.IntegerField(default=0)  # 0: none
    weight = models.IntegerField(default=1)
    approves = models.BooleanField(default=False)  # agrees to each booking first


class OtherDay(models.Model):
    """Days on which other hours hold than on that weekday; without spans, days off. Both ends included."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="other_days")
    first = models.DateField()
    last = models.DateField()
    spans = models.JSONField(default=list)


class Feed(models.Model):
    """A calendar of the host's elsewhere. What it said last holds until it says otherwise; `problem` is why it is silent."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="feeds")
    url = models.CharField(max_length=1000, blank=True)  # empty: the file was given by hand
    name = models.CharField(max_length=120, blank=True)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)


class BusyTime(models.Model):
    """A time at which a host cannot, as their own calendar says; not what they do then."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="times")
    begins = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["feed", "ends"], name="busy_of_feed")]


class Booking(models.Model):
    """One time with one host. `key` is the UID of its calendar entries, `sequence` their SEQUENCE (RFC 5545)."""

    key = models.UUIDField(unique=True)
    nonce = models.CharField(max_length=64, unique=True)  # of the form: a double click is one booking
    ref = models.CharField(max_length=40, db_index=True)  # of the submission
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="bookings")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(MagnetVersion, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, null=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    activity_id = models.BigIntegerField(null=True, db_index=True)  # the meeting on the lead's card, an upper noun
    begins = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    zone = models.CharField(max_length=60)  # the visitor's, IANA name
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    sequence = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, blank=True, choices=[(b.value, b.value) for b in By])
    address_hash = models.CharField(max_length=64, blank=True)
    network_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(begins__lt=models.F("ends")), name="a_booking_lasts"),
        ]
        indexes = [
            models.Index(fields=["host", "begins"], name="booking_of_host"),
            models.Index(fields=["remind_at"], condition=models.Q(remind_at__isnull=False), name="booking_reminder"),
            models.Index(fields=["held_until"], condition=models.Q(state=State.PENDING.value), name="booking_pending"),
        ]


class TakenGranule(models.Model):
    """Five minutes of one host's, given to one booking. The constraint is what makes a time be given once."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    granule = models.BigIntegerField()  # counted from the epoch
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="granules")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["host", "granule"], name="a_time_is_given_once")]
