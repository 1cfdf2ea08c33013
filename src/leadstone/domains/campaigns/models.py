from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.rules import Aim, CostKind, Goal, Place, SpelledField
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.sources.rules import ChannelType


class Campaign(models.Model):
    """One thing that we do to be found. `key` is what stands in utm_campaign."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    channel = models.CharField(max_length=24, choices=[(c.value, c.value) for c in ChannelType])
    aim = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Aim], default=Aim.LEADS.value)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="campaigns")
    goal = models.CharField(max_length=10, blank=True, choices=[(g.value, g.value) for g in Goal])
    goal_number = models.IntegerField(null=True)
    note = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(goal="", goal_number=None) | (~models.Q(goal="") & models.Q(goal_number__gt=0)),
                name="a_goal_has_a_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(aim=Aim.AWARENESS.value)
                | ~models.Q(goal__in=[Goal.CONFIRMED.value, Goal.QUALIFIED.value, Goal.CUSTOMERS.value]),
                name="awareness_has_no_lead_goal",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_campaign_ends_after_it_starts",
            ),
        ]


class Cost(models.Model):
    """What was spent on a campaign on one day: money, or hours or goods at a rate; `amount_minor` is the sum in any case."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="costs")
    on = models.DateField(db_index=True)
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in CostKind])
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # hours, or pieces
    rate_minor = models.BigIntegerField(null=True)  # for one of them
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True)  # it was a mistake, and counts nowhere

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="a_cost_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(kind=CostKind.MONEY.value, quantity=None, rate_minor=None)
                | (~models.Q(kind=CostKind.MONEY.value) & models.Q(quantity__gt=0, rate_minor__gte=0)),
                name="hours_and_goods_have_a_rate",
            ),
        ]


class Recall(models.Model):
    """A survey: so many people were asked, and so many of them remembered us. Nobody of them is named."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="recalls")
    on = models.DateField()
    asked = models.PositiveIntegerField()
    remembered = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)  # where
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True)  # it was a mistake, and counts nowhere

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked__gt=0, remembered__lte=models.F("asked")), name="who_remembers_was_asked"
            ),
        ]


class Link(models.Model):
    """One way to a magnet that can be told apart: `/t/{code}` on a screen, `/q/{code}` on paper. It never changes its code."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="links")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="links")
    code = models.CharField(max_length=12, unique=True)
    label = models.CharField(max_length=120)
    place = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Place])
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Spelling(models.Model):
    """What somebody wrote into an address line, and what it means; said once, true for all visits before and after."""

    field = models.CharField(max_length=8, choices=[(f.value, f.value) for f in SpelledField])
    wild = models.CharField(max_length=120)  # folded
    channel = models.CharField(max_length=24, blank=True, choices=[(c.value, c.value) for c in ChannelType])
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="spellings")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "wild"], name="one_meaning_a_spelling"),
            models.CheckConstraint(
                condition=~models.Q(channel="") | models.Q(campaign__isnull=False), name="a_spelling_means_something"
            ),
        ]
