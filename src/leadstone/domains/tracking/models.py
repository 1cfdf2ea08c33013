from django.db import models

from leadstone.domains.contacts.models import Contact


class Touch(models.Model):
    """One contact between a person and us, with its source."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="touches")
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=24)
    origin = models.JSONField(default=dict)
    version_id = models.BigIntegerField(null=True, db_index=True)
    submission_ref = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=400, blank=True)


class PageViews(models.Model):
    """How often a version was seen on one day from one source; nobody is in here."""

    version_id = models.BigIntegerField()
    day = models.DateField()
    channel = models.CharField(max_length=24)
    source = models.CharField(max_length=120, blank=True)
    people = models.BigIntegerField(default=0)
    machines = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version_id", "day", "channel", "source"], name="one_row_of_views")]
