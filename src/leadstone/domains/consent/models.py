from django.db import models

from leadstone.domains.consent.rules import Act, Method, Scope, StopReason
from leadstone.wire.definition import Channel, Purpose

PURPOSES = [(p.value, p.value) for p in Purpose]
CHANNELS = [(c.value, c.value) for c in Channel]


class Wording(models.Model):
    """The exact words of one consent box; digest is SHA-256 over language, purpose, channel and text."""

    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8)
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    text = models.TextField()


class LedgerHead(models.Model):
    """The one row (id 1) that serialises appends: the last sequence number and hash."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class ConsentRecord(models.Model):
    """One line of the append-only ledger. Triggers refuse UPDATE and DELETE on both databases.

    Holds ids, wording ids and salted digests only, so that it survives an erasure.
    """

    sequence = models.BigIntegerField(unique=True)
    contact_id = models.BigIntegerField(db_index=True)
    subject_digest = models.CharField(max_length=64)
    act = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Act])
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT)
    version_id = models.BigIntegerField(null=True)
    method = models.CharField(max_length=16, choices=[(m.value, m.value) for m in Method])
    collector = models.CharField(max_length=40)
    evidence_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class ConsentEvidence(models.Model):
    """The erasable sibling of a record: what was on the screen and where the form came from."""

    record = models.OneToOneField(ConsentRecord, on_delete=models.DO_NOTHING, db_constraint=False, related_name="evidence")
    contact_id = models.BigIntegerField(db_index=True)
    salt = models.CharField(max_length=32)
    values = models.JSONField()


class Permission(models.Model):
    """What the ledger amounts to now, per contact × purpose × channel; can be rebuilt from it."""

    contact_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    act = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Act])
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact_id", "purpose", "channel"], name="one_permission")]


class Suppression(models.Model):
    """A hard no, kept under a keyed hash of the address so that it outlives an erasure."""

    address_hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    scope = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Scope])
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in StopReason])
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_hash", "channel", "scope"], name="one_stop_per_scope")]
