from django.db import models


class RecordedEvent(models.Model):
    """One event; `done_at` is set when every reaction of the table has answered."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=models.Q(done_at__isnull=True), name="event_waiting")]


class FinishedReaction(models.Model):
    """A reaction is unique by (event, reaction)."""

    event = models.ForeignKey(RecordedEvent, on_delete=models.CASCADE, related_name="reactions")
    reaction = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="one_answer_per_event")]
