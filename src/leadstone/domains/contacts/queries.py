"""The only reads of people that others may call."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from leadstone.domains.contacts.models import Contact, ContactPoint, MailDomain, Statement, Tag
from leadstone.domains.contacts.rules import PointKind, Said, StatementSource, StatementState, TagSource
from leadstone.infra import text_index
from leadstone.infra.blind_index import address_hash, person_trace
from leadstone.infra.text_index import MOST_FOUND, Found
from leadstone.kernel.labels import label_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A person and the address that we write to."""

    contact_id: int
    contact_key: UUID
    value: str
    key: str
    domain: str
    language: str
    proven: bool

    @property
    def address_hash(self) -> str:
        return address_hash(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFacts:
    """One way to reach a person."""

    point_id: int
    kind: PointKind
    value: str
    key: str
    domain: str
    created_at: datetime
    proven_at: datetime | None
    failed_at: datetime | None
    failed_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFacts:
    """One word for a person, and who said it: see `TagSource`."""

    tag_id: int
    name: str
    key: str
    source: TagSource
    said_ref: str
    at: datetime


def contact_ids_by_key(keys: Collection[UUID]) -> dict[UUID, int]:
    """Contact key (as tokens name it) → id; unknown keys are left out."""
    return dict(Contact.objects.filter(key__in=keys).values_list("key", "pk"))


def contact_ids_by_address(keys: Collection[str]) -> dict[str, int]:
    """Address key → contact id; unknown addresses are left out."""
    rows = ContactPoint.objects.filter(kind=PointKind.EMAIL.value, key__in=keys)
    return dict(rows.values_list("key", "contact_id"))


def mailboxes(contact_ids: Collection[int]) -> dict[int, Mailbox]:
    """Contact id → mailbox; people without one, and erased ones, are left out."""
    rows = ContactPoint.objects.filter(contact_id__in=contact_ids, kind=PointKind.EMAIL.value)
    fields = ("contact_id", "contact__key", "value", "key", "domain", "contact__language", "proven_at")
    return {
        contact_id: Mailbox(
            contact_id=contact_id,
            contact_key=contact_key,
            value=value,
            key=key,
            domain=domain,
            language=language,
            proven=proven_at is not None,
        )
        # The oldest point comes last and so is the one that stays.
        for contact_id, contact_key, value, key, domain, language, proven_at in rows.order_by("-pk").values_list(*fields)
    }


def proven_contacts(contact_ids: Collection[int]) -> set[int]:
    """Which of these people have proven a mailbox."""
    rows = ContactPoint.objects.filter(contact_id__in=contact_ids, kind=PointKind.EMAIL.value, proven_at__isnull=False)
    return set(rows.values_list("contact_id", flat=True))


def has_proven_mailbox(contact: F) -> Exists:
    """For the queries of upper nouns: whether the person that the outer row's `contact` names has proven a mailbox."""
    points = ContactPoint.objects.filter(contact=contact, kind=PointKind.EMAIL.value, proven_at__isnull=False)
    return Exists(points)


def points_of(contact_ids: Collection[int]) -> dict[int, list[PointFacts]]:
    """Contact id → its ways, the oldest first."""
    found: dict[int, list[PointFacts]] = {}
    rows = ContactPoint.objects.filter(contact_id__in=contact_ids).order_by("pk")
    fields = ("contact_id", "pk", "kind", "value", "key", "domain", "created_at", "proven_at", "failed_at", "failed_because")
    for contact_id, point_id, kind, value, key, domain, created_at, proven_at, failed_at, failed_because in rows.values_list(
        *fields
    ):
        facts = PointFacts(
            point_id=point_id,
            kind=PointKind(kind),
            value=value,
            key=key,
            domain=domain,
            created_at=created_at,
            proven_at=proven_at,
            failed_at=failed_at,
            failed_because=failed_because,
        )
        found.setdefault(contact_id, []).append(facts)
    return found


def statements_of(contact_ids: Collection[int]) -> dict[int, list[Said]]:
    """Contact id → everything that was said about the person, the oldest first."""
    found: dict[int, list[Said]] = {}
    rows = Statement.objects.filter(contact_id__in=contact_ids).order_by("said_at", "pk")
    fields = ("contact_id", "source_ref", "source", "state", "said_at", "values")
    for contact_id, ref, source, state, said_at, values in rows.values_list(*fields):
        facts = Said(ref=ref, source=StatementSource(source), state=StatementState(state), said_at=said_at, values=values)
        found.setdefault(contact_id, []).append(facts)
    return found


def said(row: Statement) -> Said:
    return Said(
        ref=row.source_ref,
        source=StatementSource(row.source),
        state=StatementState(row.state),
        said_at=row.said_at,
        values=row.values,
    )


def contact_ids_by_way(keys: Collection[str]) -> dict[str, int]:
    """Normalised address or number → the person who is reached there; what reaches nobody is left out."""
    return dict(ContactPoint.objects.filter(key__in=keys).values_list("key", "contact_id"))


def long_unfounded(*, before: datetime, limit: int) -> list[int]:
    """People whom we have known without a reason since then or longer, the longest first."""
    rows = Contact.objects.filter(unfounded_since__lte=before, erased_at=None).order_by("unfounded_since", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def unfounded_since(contact_id: int) -> datetime | None:
    """Since when we know this person without a reason; None: there is one."""
    return Contact.objects.filter(pk=contact_id).values_list("unfounded_since", flat=True).first()


def unfounded(contact_ids: Collection[int]) -> set[int]:
    """Which of these people we know without a reason that the law accepts."""
    return set(Contact.objects.filter(pk__in=contact_ids, unfounded_since__isnull=False).values_list("pk", flat=True))


def tags_of(contact_ids: Collection[int]) -> dict[int, list[TagFacts]]:
    """Contact id → what the person is called, the oldest first; one word stands as often as somebody said it."""
    found: dict[int, list[TagFacts]] = {}
    rows = Tag.objects.filter(contact_id__in=contact_ids, removed_at=None).order_by("at", "pk")
    for contact_id, tag_id, name, key, source, ref, at in rows.values_list(
        "contact_id", "pk", "name", "key", "source", "said_ref", "at"
    ):
        facts = TagFacts(tag_id=tag_id, name=name, key=key, source=TagSource(source), said_ref=ref, at=at)
        found.setdefault(contact_id, []).append(facts)
    return found


def names_of_tags(tags: Iterable[TagFacts]) -> tuple[str, ...]:
    """Each word once, as it was spelled first."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.key, tag.name)
    return tuple(found.values())


def has_tag(contact: OuterRef, words: str) -> Exists:
    """For the queries of upper nouns: whether the person that the outer row's `contact` names is called so."""
    return Exists(Tag.objects.filter(contact=contact, key=label_key(words), removed_at=None))


def people_called(words: str) -> Found:
    """Ids of the people who are called so."""
    rows = Tag.objects.filter(key=label_key(words), removed_at=None).order_by().values_list("contact_id", flat=True)
    ids = list(rows.distinct()[: MOST_FOUND + 1])
    return Found(ids[:MOST_FOUND], whole=len(ids) <= MOST_FOUND)


def find_contact(*, address_key: str = "", phone_key: str = "") -> int | None:
    """The person who is reached there, by the address first."""
    for kind, key in ((PointKind.EMAIL, address_key), (PointKind.PHONE, phone_key)):
        if key:
            found = ContactPoint.objects.filter(kind=kind.value, key=key).values_list("contact_id", flat=True).first()
            if found is not None:
                return found
    return None


def people_found(words: Sequence[str]) -> Found:
    """Ids of the people whose text has every one of these folded words in it."""
    return text_index.with_all(words, model=Contact)


def people_by_name(those: Exists, *, limit: int) -> list[int]:
    """For the queries of upper nouns: the first of those people by name, then by id. `those` speaks of an outer row's `pk`."""
    return list(Contact.objects.filter(those).order_by("name", "pk").values_list("pk", flat=True)[:limit])


def domains_taking_mail(domains: Iterable[str]) -> dict[str, bool | None]:
    """Domain → whether it takes mail, None while nobody knows; domains never met are left out."""
    return dict(MailDomain.objects.filter(domain__in=set(domains)).values_list("domain", "takes_mail"))


def domains_to_look_up(*, now: datetime, limit: int) -> list[str]:
    """Mail domains whose turn it is, the longest due first."""
    return list(MailDomain.objects.filter(due_at__lte=now).order_by("due_at").values_list("domain", flat=True)[:limit])


def contacts_at(domains: Collection[str]) -> list[int]:
    """The people whose mailbox is at one of these domains."""
    rows = ContactPoint.objects.filter(kind=PointKind.EMAIL.value, domain__in=domains)
    return list(rows.values_list("contact_id", flat=True).distinct())


def companies_of(contact_ids: Collection[int]) -> set[int]:
    """Ids of the companies that these people belong to."""
    rows = Contact.objects.filter(pk__in=contact_ids, company__isnull=False)
    return {company_id for company_id in rows.values_list("company_id", flat=True) if company_id is not None}


def count_contacts() -> int:
    """How many people are known; blanks that an erasure left do not count."""
    return Contact.objects.filter(erased_at=None).count()


def trace_of(contact_id: int) -> str:
    """What will stand for a person once they are erased; empty when they are erased already, or nobody."""
    key = Contact.objects.filter(pk=contact_id, erased_at=None).values_list("key", flat=True).first()
    return person_trace(key) if key else ""


def people_named_by(*, traces: Collection[str], addresses: Mapping[str, datetime]) -> set[int]:
    """Who has one of `traces`, or had one of the `addresses` (address hash → time) already at that time.

    Looks at everybody, for hashes lead nowhere: about a million people in ten seconds.
    """
    living = Contact.objects.filter(erased_at=None)
    found = set()
    if traces:
        found |= {pk for pk, key in living.values_list("pk", "key").iterator() if person_trace(key) in traces}
    if addresses:
        ways = ContactPoint.objects.filter(kind=PointKind.EMAIL.value, contact__in=living)
        for contact_id, key, since in ways.values_list("contact_id", "key", "contact__created_at").iterator():
            until = addresses.get(address_hash(key))
            if until is not None and since <= until:
                found.add(contact_id)
    return found


def people_of_companies(company_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Company id → its people: contact id → name, by name."""
    found: dict[int, dict[int, str]] = {}
    rows = Contact.objects.filter(company_id__in=company_ids, erased_at=None).order_by("name", "pk")
    for company_id, contact_id, name in rows.values_list("company_id", "pk", "name"):
        found.setdefault(company_id or 0, {})[contact_id] = name
    return found


def company_id_of(contact_id: int) -> int | None:
    """The company that a person belongs to."""
    return Contact.objects.filter(pk=contact_id).values_list("company_id", flat=True).first()


def is_known(contact_id: int) -> bool:
    """Whether there is such a person; one who was erased is not known any more."""
    return Contact.objects.filter(pk=contact_id, erased_at=None).exists()
