from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.capture.models import Submission
from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.models import Contact
from leadstone.domains.leads.rules import Basis, Status
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Lead(models.Model):
    """One sales interest of one contact or company."""

    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="leads")
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="leads")
    # `lead_magnet`, `lead_owner` and `lead_channel` begin with these columns: an index of their own would only cost.
    magnet = models.ForeignKey(Magnet, null=True, on_delete=models.PROTECT, related_name="leads", db_index=False)
    version = models.ForeignKey(MagnetVersion, null=True, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.SET_NULL, related_name="leads")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="leads", db_index=False
    )
    status = models.CharField(max_length=14, choices=[(s.value, s.value) for s in Status], default=Status.NEW.value)
    channel = models.CharField(max_length=24)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="leads")  # that brought it first
    basis = models.CharField(max_length=16, blank=True, choices=[(b.value, b.value) for b in Basis])
    where_met = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(db_index=True)
    accuracy = models.FloatField()
    incentive = models.FloatField()
    awareness = models.FloatField()
    reasons = models.JSONField(default=dict)  # factor → [{"code", "points", "facts"}]
    rules_version = models.IntegerField(default=1)
    recycle_on = models.DateField(null=True)  # when somebody looks at a lead again that is not ready yet
    respond_by = models.DateTimeField(null=True)  # the first-response clock
    responded_at = models.DateTimeField(null=True)  # the first call, message or meeting by staff
    ended_at = models.DateTimeField(null=True)  # the exchange was undone or the person erased; shown in no list

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "magnet"],
                condition=models.Q(contact__isnull=False, magnet__isnull=False),
                name="one_lead_per_magnet",
            ),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False) | models.Q(company__isnull=False), name="a_lead_has_a_subject"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-opened_at"], name="lead_status"),
            models.Index(fields=["-opened_at", "-id"], condition=models.Q(ended_at__isnull=True), name="lead_newest"),
            # Each filter in the order of the list, and each order of the list: a page is read off, however many there are.
            models.Index(fields=["magnet", "-opened_at", "-id"], condition=models.Q(ended_at=None), name="lead_magnet"),
            models.Index(fields=["owner", "-opened_at", "-id"], name="lead_owner"),
            models.Index(fields=["channel", "-opened_at", "-id"], name="lead_channel"),
            *(
                models.Index(fields=[f"-{factor}", "-opened_at", "-id"], condition=models.Q(ended_at=None), name=f"lead_{factor}")
                for factor in ("accuracy", "incentive", "awareness")
            ),
        ]


class Arrival(models.Model):
    """Somebody was handed over to us; the key names the handing over, so that the same one brings no second lead."""

    key = models.CharField(max_length=64, unique=True)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="arrivals")
    at = models.DateTimeField()


class StatusChange(models.Model):
    """The history of a lead's status; nothing is overwritten. That it opened as new is told by the lead itself."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=14, blank=True)
    after = models.CharField(max_length=14)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    because = models.CharField(max_length=24, blank=True)  # why it was disqualified or put back: `rules.Because`
    note = models.CharField(max_length=400, blank=True)
