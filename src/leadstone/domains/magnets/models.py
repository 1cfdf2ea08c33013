from django.conf import settings
from django.db import models


class Asset(models.Model):
    """A file under a random storage name; what it is was read from its bytes."""

    key = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    pages = models.IntegerField(null=True)
    cover_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Magnet(models.Model):
    """What we offer, under one public address. `draft` is a MagnetDefinition as JSON, edited until it is published."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    draft = models.JSONField()
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    family = models.CharField(max_length=36, blank=True, default="", db_index=True)  # shared by one magnet in several languages


class MagnetVersion(models.Model):
    """An immutable version: the definition's canonical JSON, byte for byte, and its digest."""

    magnet = models.ForeignKey(Magnet, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["magnet", "number"], name="one_number_per_version")]


class DraftBefore(models.Model):
    """A draft as it was before a change, so that the change can be undone; the newest is undone first."""

    magnet = models.ForeignKey(Magnet, on_delete=models.CASCADE, related_name="before")
    draft = models.JSONField()
    at = models.DateTimeField()
