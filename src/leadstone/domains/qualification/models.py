from django.conf import settings
from django.db import models

from leadstone.domains.leads.models import Lead
from leadstone.domains.qualification.rules import EvidenceKind


class Point(models.Model):
    """One line of the checklist. `names` and `questions`: language → words; `takes`: the kinds of evidence that fill it."""

    key = models.SlugField(max_length=30, unique=True)
    names = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    takes = models.JSONField(default=list)
    required = models.BooleanField(default=True)
    position = models.IntegerField()
    archived_at = models.DateTimeField(null=True)


class Evidence(models.Model):
    """One receipt: what shows that a point is established for a lead, and where it stands."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="evidence")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in EvidenceKind])
    source_id = models.BigIntegerField()
    said = models.CharField(max_length=400, blank=True)  # the words that show it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "point", "kind", "source_id"],
                condition=models.Q(withdrawn_at=None),
                name="one_receipt_per_source",
            )
        ]


class Promotion(models.Model):
    """A lead became a prospect: on which receipts, or by whose override and why."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="promotions")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    receipts = models.JSONField(default=dict)  # point key → evidence ids, as it stood
    missing = models.JSONField(default=list)  # point keys that an override passed over
    reason = models.CharField(max_length=400, blank=True)  # of the override
    taken_back_at = models.DateTimeField(null=True)
