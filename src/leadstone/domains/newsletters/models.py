from django.db import models

from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery.models import Mailing
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.newsletters.rules import IssueState
from leadstone.wire.definition import MARKETING


class Subscription(models.Model):
    """One person and one topic of a newsletter; gone when the person leaves the topic."""

    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="subscriptions")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=40)  # the key in the settings of the magnet
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["magnet", "contact", "topic"], name="one_subscription_a_topic")]


class LetterBox(models.Model):
    """The box of another magnet that promises letters, and the topic whose letters keep what its words say."""

    source = models.OneToOneField(Magnet, on_delete=models.PROTECT, related_name="letter_box")
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="boxes_elsewhere")  # the newsletter
    topic = models.CharField(max_length=40)  # the key in the settings of the newsletter
    since = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)


class OwnChoice(models.Model):
    """When somebody chose the topics of a newsletter themselves: what a box promised before adds none to them."""

    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="own_choices")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="own_choices")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["magnet", "contact"], name="one_choice_a_newsletter")]


class Issue(models.Model):
    """One letter of a newsletter. What it says never changes once its first letter left."""

    key = models.UUIDField(unique=True)  # of its mailing, and its name in feeds for ever
    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="issues")
    number = models.IntegerField(null=True)  # in its newsletter, from the first that was sent
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in IssueState], default=IssueState.DRAFT.value)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in MARKETING])
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=300, blank=True)
    preheader = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)  # see wire/letter_body.py
    topics = models.JSONField(default=list)  # keys
    in_archive = models.BooleanField(default=True)
    revision = models.IntegerField(default=1)  # who saves over a colleague's change is told
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    # When it leaves: the moment, and the wall clock that somebody read it from.
    due_at = models.DateTimeField(null=True)
    due_wall = models.CharField(max_length=16, blank=True)  # "2026-11-30T09:00"
    due_zone = models.CharField(max_length=40, blank=True)
    missed_at = models.DateTimeField(null=True)  # when it should have left while nothing ran here
    beyond_promise = models.TextField(blank=True)  # why it may leave though the month is full
    beyond_promise_by_id = models.BigIntegerField(null=True)
    mailing = models.OneToOneField(Mailing, null=True, on_delete=models.PROTECT, related_name="issue")
    reached_contact_id = models.BigIntegerField(default=0)  # subscribers up to here have their row
    all_reached = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="issue_due")]
        constraints = [models.UniqueConstraint(fields=["magnet", "number"], name="one_number_an_issue")]
