from django.db import models

from leadstone.domains.webhooks.rules import EventKind, State, Stopped


class Endpoint(models.Model):
    """An address of another system. Its secret is not here: it follows from `key`, `generation` and this installation's key."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=2000)
    events = models.JSONField(default=list)
    stopped = models.CharField(max_length=8, blank=True, choices=[(s.value, s.value) for s in Stopped])
    generation = models.IntegerField(default=1)
    old_secret_until = models.DateTimeField(null=True)  # until then the secret of the generation before signs too
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    removed_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One event on its way to one endpoint. Holds ids only: the body is made when it leaves, so nothing of anybody waits here."""

    key = models.UUIDField(unique=True)  # the webhook-id, the same at every attempt
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in EventKind])
    occasion = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.WAITING.value)
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)  # of the last answer
    because = models.CharField(max_length=24, blank=True)  # why there was none, or why it was dropped
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "occasion"], name="one_delivery_an_occasion")]
        indexes = [
            models.Index(fields=["endpoint", "due_at"], condition=models.Q(state="waiting"), name="hook_due"),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="hook_lease"),
            models.Index(fields=["-queued_at", "-id"], name="hook_newest"),
        ]
