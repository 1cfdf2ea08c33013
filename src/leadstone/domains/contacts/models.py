from django.db import models

from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.rules import PointKind, StatementSource, StatementState, TagSource
from leadstone.kernel.labels import LONGEST, LONGEST_KEY


class Contact(models.Model):
    """A person. `name` and `search` are what the statements amount to, kept for lists."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="people")
    search = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)
    erased_at = models.DateTimeField(null=True)
    # Handed over without a reason that the law accepts: nobody turns to this person until one is named, or they come themselves.
    unfounded_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="contact_name"),
            # A handful among a million.
            models.Index(fields=["unfounded_since"], condition=models.Q(unfounded_since__isnull=False), name="contact_unfounded"),
        ]


class ContactPoint(models.Model):
    """One way to reach one person; `key` is the normalised form by which we find them again."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in PointKind])
    value = models.CharField(max_length=320)
    key = models.CharField(max_length=320)
    domain = models.CharField(max_length=253, blank=True, db_index=True)
    created_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_contact_per_point")]


class Statement(models.Model):
    """What one source said about a contact at one time: field → value."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="statements")
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in StatementSource])
    source_ref = models.CharField(max_length=64, db_index=True)
    said_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in StatementState])
    verified_at = models.DateTimeField(null=True)
    values = models.JSONField()


class Tag(models.Model):
    """One word that one form, one member of staff or one program calls a person; every spelling of it has the same `key`.

    What a colleague took away keeps its row, so that the same answer does not bring it back.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=LONGEST_KEY)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in TagSource])
    said_ref = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "key", "source", "said_ref"], name="one_tag_per_saying")]
        indexes = [models.Index(fields=["key", "contact"], name="contact_tag_key")]


class MailDomain(models.Model):
    """Whether a domain takes mail (MX, RFC 5321 §5); asked once in a while, never inside intake."""

    domain = models.CharField(max_length=253, unique=True)
    takes_mail = models.BooleanField(null=True)
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
