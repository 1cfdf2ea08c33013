from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.inbound.rules import LONGEST_ID, LONGEST_NAME, Because, ProviderName, State, Trouble, Turned
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.domains.inbound.rules.hosts import LONGEST_HOST
from leadstone.domains.magnets.models import Magnet


class Door(models.Model):
    """One address at which one service hands people over. `mapping`: its field → ours, or "" for one to be left out."""

    key = models.CharField(max_length=22, unique=True)  # random; stands in the address and proves nothing
    provider = models.CharField(max_length=10, choices=[(p.value, p.value) for p in ProviderName])
    name = models.CharField(max_length=LONGEST_NAME)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="doors")
    magnet = models.ForeignKey(Magnet, null=True, on_delete=models.PROTECT, related_name="doors")
    sealed_secret = models.TextField()
    # The secret before a change: accepted until then, so that whoever still signs by it is not turned away.
    sealed_old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    old_secret_used_at = models.DateTimeField(null=True)
    sealed_token = models.TextField(blank=True)  # opens the provider's own server to us
    channel = models.CharField(max_length=24, blank=True)  # where there is no campaign; empty: the usual one of the provider
    mapping = models.JSONField(default=dict)
    basis = models.CharField(max_length=20, blank=True)  # empty: whoever comes waits until somebody names one
    language = models.CharField(max_length=8)
    is_active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Requests that were not read: counted, and no row each, for anybody may send them.
    turned_away = models.IntegerField(default=0)
    turned_at = models.DateTimeField(null=True)
    turned_because = models.CharField(max_length=12, blank=True, choices=[(t.value, t.value) for t in Turned])
    # Why the provider's own server tells nothing, since when, and from when on it is asked again.
    trouble = models.CharField(max_length=12, blank=True, choices=[(t.value, t.value) for t in Trouble])
    trouble_since = models.DateTimeField(null=True)
    asks_from = models.DateTimeField(null=True)
    trouble_task_id = models.BigIntegerField(null=True)  # of the activities, not finished yet
    changed_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)  # as it stood before that change


class Delivery(models.Model):
    """One person who was handed over. `sealed`: what was said, deleted a week after it came."""

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="deliveries")
    provider_id = models.CharField(max_length=LONGEST_ID)
    received_at = models.DateTimeField()
    said_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    because = models.CharField(max_length=20, blank=True, choices=[(b.value, b.value) for b in Because])
    is_test = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)  # of the request that it came in, SHA-256
    sealed = models.TextField(blank=True)
    unused = models.JSONField(default=list)  # names of fields that said nothing to us
    fetch = models.CharField(max_length=300, blank=True)
    fetched_at = models.DateTimeField(null=True)  # the provider's own server told the rest
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # only while it waits
    lead_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "provider_id"], name="one_delivery_per_provider_id")]
        indexes = [
            models.Index(fields=["door", "-received_at"], name="inbound_delivery_latest"),
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="inbound_delivery_due"),
            models.Index(fields=["lead_id"], name="inbound_delivery_lead"),
        ]


class AskedBox(models.Model):
    """The exact words beside a box on the other side's forms, and what somebody here said that a tick beside them allows."""

    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="boxes")
    digest = models.CharField(max_length=64)  # of the words and whether it is free
    words = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    free = models.BooleanField(default=True)
    means = models.CharField(max_length=20, blank=True, choices=[(m.value, m.value) for m in Means])
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "digest"], name="one_box_per_words")]


class AllowedHost(models.Model):
    """A host whose pages may show our forms and send people on to them."""

    host = models.CharField(max_length=LONGEST_HOST, unique=True)  # "www.example.com", "localhost:3000"
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
