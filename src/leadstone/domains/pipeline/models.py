from django.conf import settings
from django.db import models

from leadstone.domains.leads.models import Lead


class Deal(models.Model):
    """A sale to a lead. Amounts are minor units (grosze, cents) of an ISO 4217 currency."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="deals")
    title = models.CharField(max_length=200, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    won_at = models.DateTimeField(db_index=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
