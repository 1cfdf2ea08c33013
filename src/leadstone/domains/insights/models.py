from django.db import models

from leadstone.domains.insights.rules.facts import SOURCE_COLUMNS, FactKind
from leadstone.domains.leads.models import Lead
from leadstone.infra.lake.folder import Fault

_KINDS = [(kind.value, kind.value) for kind in FactKind]


class SourceColumns(models.Model):
    """Where something came from; 0 and "": from none, so that every combination is one row."""

    magnet_id = models.BigIntegerField(default=0)
    version_id = models.BigIntegerField(default=0)
    campaign_id = models.BigIntegerField(default=0)
    link_id = models.BigIntegerField(default=0)
    post_id = models.BigIntegerField(default=0)
    supplier_id = models.BigIntegerField(default=0)
    channel = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        abstract = True


class LeadTrail(SourceColumns):
    """Under which number a lead stands in the lake, and with which source. Goes with the person, and the way back with it."""

    lead = models.OneToOneField(Lead, on_delete=models.CASCADE, related_name="trail")
    alias = models.BigIntegerField(unique=True)  # random
    variant = models.CharField(max_length=40, blank=True, default="")
    came_at = models.DateTimeField(db_index=True)
    came_by = models.CharField(max_length=16, choices=_KINDS)  # `rules.facts.ARRIVALS`


class Standing(models.Model):
    """What the lake has been told of a lead and was not told to forget; each thing once. The rows behind a figure."""

    trail = models.ForeignKey(LeadTrail, on_delete=models.CASCADE, related_name="standing", db_index=False)
    kind = models.CharField(max_length=16, choices=_KINDS)
    subject_id = models.BigIntegerField()  # the grant, promotion, meeting or deal
    at = models.DateTimeField()
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trail", "kind", "subject_id"], name="told_once")]
        indexes = [models.Index(fields=["kind", "at"], name="standing_kind")]


class StagedFacts(models.Model):
    """Facts on their way into a file, a batch a row: lines of CSV in the order of `rules.facts.COLUMNS`."""

    lines = models.TextField()
    facts = models.IntegerField()
    month = models.DateField(db_index=True)  # the first day of the month in which they happened


class LakeFile(models.Model):
    """One Parquet file of the lake. A file that is not here is nobody's and goes; one that is here never changes."""

    name = models.CharField(max_length=80, unique=True)
    month = models.DateField(db_index=True)
    facts = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    summed_at = models.DateTimeField(null=True)  # since when the summaries know it
    replaced_at = models.DateTimeField(null=True)  # its facts are in a larger file; kept a while, for a backup may be reading
    fault = models.CharField(max_length=8, blank=True, default="", choices=[(each.value, each.value) for each in Fault])


class FunnelDay(SourceColumns):
    """What happened on one day (UTC) from one source. `people`: leads that took this step for the first time."""

    day = models.DateField()
    kind = models.CharField(max_length=16, choices=_KINDS)
    currency = models.CharField(max_length=3, blank=True, default="")
    people = models.BigIntegerField()
    number = models.BigIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", *SOURCE_COLUMNS, "currency"], name="one_sum_a_day")]


class Lifetime(SourceColumns):
    """How many leads that came on one day (UTC) took a step so many days later; `after_days` null: not yet."""

    came_on = models.DateField()
    kind = models.CharField(max_length=16, choices=_KINDS)
    after_days = models.IntegerField(null=True)
    leads = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "came_on"], name="lifetime_kind")]


class Journey(models.Model):
    """The touches of people in their order, as often as they were walked. `won_on` null: they have not bought."""

    won_on = models.DateField(null=True, db_index=True)
    touches = models.JSONField()  # [[channel, campaign id, magnet id, days before the sale]]
    people = models.BigIntegerField()
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True, default="")


class Refresh(models.Model):
    """When something of the lake was last done: the summaries brought in step, what had happened before it gathered."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    facts = models.BigIntegerField()  # how many the lake held then; of the gathering, the id of its last lead
