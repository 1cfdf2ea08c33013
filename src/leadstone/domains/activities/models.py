from django.conf import settings
from django.db import models

from leadstone.domains.activities.rules import ActivityKind, Outcome
from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.models import Contact
from leadstone.domains.leads.models import Lead


class Activity(models.Model):
    """One task, call, meeting or note. Open while `done_at` is null; a note is born done.

    What it is about is named by any of lead, contact, company and deal; with a lead, its contact is named too, so that an
    erasure finds it.
    """

    key = models.UUIDField(unique=True)  # UID of its calendar entry (RFC 5545 §3.8.4.7)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in ActivityKind])
    lead = models.ForeignKey(Lead, null=True, on_delete=models.CASCADE, related_name="activities")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="activities")
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="activities")
    deal_id = models.BigIntegerField(null=True, db_index=True)  # of the pipeline, an upper noun
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="activities")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)  # a task's due time, a meeting's beginning, when a call happened or should
    ends_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True, choices=[(o.value, o.value) for o in Outcome])
    revision = models.IntegerField(default=0)  # SEQUENCE of its calendar entry (RFC 5545 §3.8.7.4)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # taken back; shown in no list

    class Meta:
        indexes = [
            models.Index(fields=["owner", "due_at"], condition=models.Q(done_at=None, removed_at=None), name="activity_open"),
            models.Index(fields=["lead", "-created_at"], name="activity_of_lead"),
            models.Index(fields=["remind_at"], condition=models.Q(reminded_at=None, done_at=None), name="activity_reminder"),
        ]
