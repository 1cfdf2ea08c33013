from django.conf import settings
from django.db import models

from leadstone.domains.assignment.rules import AssignedBecause, HandOver
from leadstone.domains.leads.models import Lead


class OwnerRule(models.Model):
    """One rule; the first that fits a lead speaks. `conditions`: see `assignment.rules`."""

    name = models.CharField(max_length=120)
    position = models.IntegerField()
    conditions = models.JSONField(default=dict)
    keeps_owner = models.BooleanField(default=True)  # who already owns the person or company gets them
    respects_hours = models.BooleanField(default=False)
    answer_within_minutes = models.IntegerField(null=True)  # the first-response clock, in working time of the owner
    active_since = models.DateTimeField(null=True)  # null: a draft, simulated only
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # taken away; the history of its leads keeps its name


class RuleMember(models.Model):
    """Somebody whose turn may come. `credit` is the state of the smooth weighted round robin."""

    rule = models.ForeignKey(OwnerRule, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    weight = models.IntegerField(default=1)
    credit = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "user"], name="one_place_in_a_rule")]


class Availability(models.Model):
    """When and how much somebody takes. `hours`: ISO weekday ("1" Monday) → ["08:00", "16:00"] in `User.time_zone`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="availability")
    most_open_leads = models.IntegerField(null=True)
    hours = models.JSONField(default=dict)
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)


class Assignment(models.Model):
    """One hand-over of one lead; the history of owners. Without an owner: why the lead stands in the open queue.

    `facts`: user id → why they were passed over (`rules.Unavailable`), for a turn that nobody could take.
    """

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="assignments")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    previous = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.ForeignKey(OwnerRule, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    because = models.CharField(max_length=16, choices=[(b.value, b.value) for b in AssignedBecause])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in HandOver])
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["lead", "-at"], name="assignment_of_lead")]
