from django.conf import settings
from django.db import models

from leadstone.domains.vetting.rules import Way


class ClaimAnswer(models.Model):
    """Somebody answers for words of a magnet. The newest that was not taken back counts."""

    magnet_id = models.BigIntegerField()  # of the magnets, an upper noun
    digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    sentence = models.TextField()
    way = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Way])
    file_key = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, blank=True)
    who = models.CharField(max_length=200, blank=True)  # who measured or said it
    dated_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    told_expired_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["magnet_id", "digest"], name="answers_of_a_magnet")]


class AssetText(models.Model):
    """What a file says, read once when it came; `signature` finds its likes (see rules.overlap)."""

    asset_key = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    words = models.IntegerField()
    signature = models.JSONField()
    read_at = models.DateTimeField()


class Source(models.Model):
    """Where the content of a magnet comes from, as the company declares it: a text to compare with, or an address to read it at.

    `due_at`: when a worker may read the address; None when nobody wants it read. `read_at`: of when the text of the address is.
    """

    magnet_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    words = models.IntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)  # a rules.reading.Unread, of the last try

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="sources_to_read", condition=models.Q(due_at__isnull=False))]


class Provenance(models.Model):
    """What the last comparison of a magnet's file found: the share of its words that stands elsewhere, and where."""

    magnet_id = models.BigIntegerField(unique=True)
    asset_key = models.CharField(max_length=64)
    share = models.FloatField()
    passages = models.JSONField()
    compared_with = models.IntegerField()
    compared_at = models.DateTimeField()
