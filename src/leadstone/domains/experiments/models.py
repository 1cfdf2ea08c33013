from django.conf import settings
from django.db import models

from leadstone.domains.experiments.rules import CONTROL, Aspect, Because, Ending, Goal, State
from leadstone.domains.magnets.models import Magnet, MagnetVersion


class Experiment(models.Model):
    """A question about one magnet, and the rule by which it is answered. Once begun, the database keeps both as they are."""

    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="experiments")
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=400, blank=True)
    aspect = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Aspect])
    goal = models.CharField(max_length=10, choices=[(g.value, g.value) for g in Goal], default=Goal.CONFIRMED.value)
    least_change = models.PositiveSmallIntegerField()  # percent: what is smaller does not matter
    least_days = models.PositiveSmallIntegerField()
    goals = models.PositiveIntegerField(default=0)  # people who have to reach the goal, in both arms together
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.DRAFT.value)
    salt = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    outside = models.ForeignKey(MagnetVersion, null=True, on_delete=models.PROTECT, related_name="+")  # what everybody else sees
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ending = models.CharField(max_length=12, blank=True, choices=[(e.value, e.value) for e in Ending])
    because = models.CharField(max_length=12, blank=True, choices=[(b.value, b.value) for b in Because])
    note = models.CharField(max_length=400, blank=True)  # of whoever stopped it
    figures = models.JSONField(null=True)  # both arms and the verdict, as they stood at the end
    adopted = models.CharField(max_length=1, blank=True)  # the arm whose words became everybody's
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["magnet"], condition=models.Q(state=State.RUNNING.value), name="one_running_experiment_per_magnet"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT.value, State.DISCARDED.value])
                | models.Q(started_at__isnull=False, outside__isnull=False, goals__gt=0),
                name="a_started_experiment_has_a_plan",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.ENDED.value) | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
                name="an_ended_experiment_says_how",
            ),
        ]


class Variant(models.Model):
    """One arm: what it says differently, and the version that says it once the experiment has begun."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="variants")
    key = models.CharField(max_length=1, default=CONTROL)
    weight = models.PositiveSmallIntegerField(default=1)
    overlay = models.JSONField(default=dict)
    version = models.ForeignKey(MagnetVersion, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experiment", "key"], name="one_variant_per_key"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="a_variant_meets_somebody"),
        ]
