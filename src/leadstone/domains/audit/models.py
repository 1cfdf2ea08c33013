from django.db import models

from leadstone.domains.audit.rules import Action, Subject


class AuditHead(models.Model):
    """The one row (id 1) that serialises chaining: the last sequence number and hash."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class AuditLine(models.Model):
    """One act of one member of staff. Written at once, chained soon after; triggers on both databases refuse every other UPDATE
    and each DELETE. Ids only, so that it outlives accounts and erasures.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)  # null: the command line or a worker
    action = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Action])
    subject = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Subject])
    subject_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)  # counts, names of lists, ids: never a personal value
    sequence = models.BigIntegerField(null=True, unique=True)  # null: not chained yet
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_about")]
