from django.conf import settings
from django.db import models

from leadstone.domains.campaigns.models import Link
from leadstone.domains.posts.rules import Network


class Post(models.Model):
    """Something that we said in a social network. Its link says which campaign it is of and which magnet it leads to."""

    key = models.UUIDField(unique=True)  # of the form that it was written in: sent twice, it is one post
    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="post")
    network = models.CharField(max_length=10, choices=[(n.value, n.value) for n in Network])
    text = models.TextField(max_length=5000)
    search = models.TextField()  # the text, folded
    on = models.DateField(db_index=True)
    address = models.URLField(max_length=500, blank=True)  # where everybody reads it
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True)


class PostFigures(models.Model):
    """What stood under a post on one day. Networks count from the beginning, so the latest day is what counts."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="figures")
    on = models.DateField()
    reach = models.PositiveIntegerField(null=True)
    impressions = models.PositiveIntegerField(null=True)
    likes = models.PositiveIntegerField(null=True)
    comments = models.PositiveIntegerField(null=True)
    shares = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True)  # a mistake

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "on"], name="one_reading_a_post_and_day")]
