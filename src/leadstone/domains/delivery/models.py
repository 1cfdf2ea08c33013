from django.db import models

from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery.rules import MessageClass, State
from leadstone.domains.delivery.rules.hosts import Arrival
from leadstone.wire.definition import MARKETING


class Mailing(models.Model):
    """One text sent to many; its messages are its recipients."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in MARKETING])
    texts = models.JSONField()  # language → {"subject", "paragraphs"}
    targeted = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()


class Message(models.Model):
    """One message to one recipient, written before anything is sent."""

    key = models.UUIDField(unique=True)
    effect_key = models.CharField(max_length=100, unique=True)
    mailing = models.ForeignKey(Mailing, null=True, on_delete=models.PROTECT, related_name="messages")
    message_class = models.CharField(max_length=16, choices=[(c.value, c.value) for c in MessageClass])
    kind = models.CharField(max_length=30)
    purpose = models.CharField(max_length=20, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="messages")
    to_address = models.CharField(max_length=320)
    address_hash = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=8)
    facts = models.JSONField(default=dict)  # ids that the letter is composed from
    subject = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.QUEUED.value)
    because = models.CharField(max_length=60, blank=True)
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True)
    smtp_message_id = models.CharField(max_length=200, blank=True)
    sending_at = models.DateTimeField(null=True)
    to_unproven = models.BooleanField(default=False)  # counted in the hourly budget
    network_hash = models.CharField(max_length=64, blank=True)  # of the network that asked for it
    answered_at = models.DateTimeField(null=True)  # the mailbox was proven after it was sent
    repeats = models.IntegerField(default=0)  # ends that nobody saw, after which it was sent again

    class Meta:
        indexes = [
            models.Index(fields=["state", "message_class", "due_at"], name="message_due"),
            models.Index(fields=["state", "lease_until"], name="message_lease"),
            models.Index(fields=["sending_at"], condition=models.Q(to_unproven=True), name="message_unproven"),
            models.Index(fields=["address_hash", "queued_at"], name="message_to_address"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "contact"], condition=models.Q(mailing__isnull=False), name="one_message_per_recipient"
            )
        ]


class Host(models.Model):
    """A machine and data folder that this database has been used from. No mail leaves a host that nobody has admitted."""

    fingerprint = models.CharField(max_length=64, unique=True)
    arrived_at = models.DateTimeField()
    because = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Arrival])
    seen_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    admitted_by_id = models.BigIntegerField(null=True)  # null: the first host, or the command line
