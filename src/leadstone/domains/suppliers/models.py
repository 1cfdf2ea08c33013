from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.leads.models import Lead
from leadstone.domains.suppliers.rules import (
    LONGEST_REFERENCE,
    USUAL_NOTICE_DAYS,
    Asks,
    NoticeState,
    Refused,
    Returned,
    State,
)


class Supplier(models.Model):
    """Whoever sells us leads, and on what terms. `source` is what a person is told of where we have their data from."""

    name = models.CharField(max_length=160)
    email = models.CharField(max_length=320, blank=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="suppliers")
    price_minor = models.BigIntegerField()  # of one lead
    currency = models.CharField(max_length=3)
    wants = models.JSONField(default=list)  # values of rules.Wants
    oldest_days = models.IntegerField(null=True)
    a_day = models.IntegerField(null=True)
    return_days = models.IntegerField(default=30)
    notice_days = models.IntegerField(default=USUAL_NOTICE_DAYS)
    # The letter leaves by itself on the day; else one of us tells them.
    tells_itself = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    note = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(price_minor__gte=0), name="a_lead_costs_something_or_nothing"),
            models.CheckConstraint(condition=models.Q(notice_days__gte=0, notice_days__lte=31), name="told_within_a_month"),
        ]


class Batch(models.Model):
    """One delivery of a supplier. The same file a second time is the same delivery."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="batches")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "digest"], name="one_batch_a_file")]


class Purchase(models.Model):
    """One lead that was offered. Of a refused one nothing of the person is kept: the supplier's own reference, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="purchases")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="purchases")
    row = models.IntegerField()  # of the delivery, from 1
    reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    refused = models.CharField(max_length=16, blank=True, choices=[(r.value, r.value) for r in Refused])
    lead = models.ForeignKey(Lead, null=True, on_delete=models.SET_NULL, related_name="purchases")
    price_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    source = models.CharField(max_length=300, blank=True)  # where the supplier has it from
    words = models.TextField(blank=True)  # that the person agreed to
    agreed_at = models.DateTimeField(null=True)
    returned = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in Returned])
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    return_note = models.CharField(max_length=300, blank=True)
    credited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="one_purchase_a_row"),
            models.UniqueConstraint(
                fields=["lead"], condition=models.Q(state="accepted", lead__isnull=False), name="a_lead_is_bought_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.REFUSED.value) | models.Q(lead=None, price_minor=0, words="", source=""),
                name="what_is_refused_costs_nothing_and_is_not_kept",
            ),
        ]
        indexes = [models.Index(fields=["supplier", "state", "-at"], name="purchase_state")]


class Notice(models.Model):
    """By when somebody who did not come to us themselves has to be told that we have their data (GDPR art. 14)."""

    lead = models.OneToOneField(Lead, on_delete=models.CASCADE, related_name="notice")
    received_on = models.DateField()
    due_on = models.DateField(db_index=True)
    source = models.CharField(max_length=300)  # as the person is told
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NoticeState], default=NoticeState.DUE.value)
    activity_id = models.BigIntegerField(null=True, db_index=True)  # the task that somebody has, for many like it
    message_key = models.CharField(max_length=64, blank=True)  # the mail that told them
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=10, blank=True)  # "mail", "phone", "letter", "person"


class Errand(models.Model):
    """One task for all people of a supplier who are due on one day: a delivery of thousands is not thousands of tasks."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="errands")
    asks = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Asks])
    due_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    activity_id = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "asks", "due_on", "owner"], name="one_errand_a_day_and_owner")]
