"""The only writes about people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from leadstone.domains.contacts import queries
from leadstone.domains.contacts.models import Contact, ContactPoint, MailDomain, Statement, Tag
from leadstone.domains.contacts.rules import (
    Claim,
    Handed,
    PointKind,
    Said,
    StatementSource,
    StatementState,
    Tagged,
    TagSource,
    proven_by_button,
    search_text,
    shown_values,
)
from leadstone.infra import text_index
from leadstone.infra.bulk import insert_rows
from leadstone.kernel.address import Address
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.ids import new_key
from leadstone.kernel.labels import LONGEST, MOST_OF_ONE, label_key
from leadstone.kernel.phone import Phone, read_phone

ASK_DOMAIN_AGAIN_AFTER = timedelta(days=30)
ASK_UNKNOWN_DOMAIN_AGAIN_AFTER = timedelta(hours=6)


class TooManyTags(LeadstoneError):
    code = "too_many_tags"
    sentence = "Nobody has more than {most} tags: remove one first."


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a claim is about. `known`: we had met before this claim."""

    contact_id: int
    key: UUID
    known: bool


@transaction.atomic
def remember_contacts(claims: Sequence[Claim], companies: Mapping[str, int], *, now: datetime) -> dict[str, Person]:
    """Claim's ref → person: found by the normalised address, else a new contact that is pending until its mailbox is proven.

    Nothing about a known person changes here; the claim is kept beside. `companies`: mail domain → company id.
    """
    by_key = _find_people({claim.address.key for claim in claims})
    first: dict[str, Claim] = {}
    for claim in claims:
        if claim.address.key not in by_key:
            first.setdefault(claim.address.key, claim)
    by_key |= _open_contacts(list(first.values()), companies)
    people = {claim.ref: by_key[claim.address.key] for claim in claims}
    insert_rows(
        Statement(
            contact_id=people[claim.ref].contact_id,
            source=StatementSource.SUBMISSION.value,
            source_ref=claim.ref,
            said_at=claim.said_at,
            state=StatementState.CLAIMED.value,
            values=dict(claim.values),
        )
        for claim in claims
    )
    _remember_domains({claim.address.domain for claim in claims}, now=now)
    return people


@transaction.atomic
def remember_handed(handed: Sequence[Handed], companies: Mapping[str, int], *, now: datetime) -> dict[str, Person]:
    """Ref → person: found by the address, then by the number, else new. What was said is a claim and changes nobody known."""
    reached: dict[str, Person | int] = {**_find_people({way for one in handed for way in _ways(one)}, kinds=tuple(PointKind))}
    whose: dict[str, Person | int] = {}  # ref → somebody known, or the place among those who are new
    fresh: list[Handed] = []
    for one in handed:
        found = next((reached[way] for way in _ways(one) if way in reached), None)
        if found is None:
            reached |= dict.fromkeys(_ways(one), found := len(fresh))
            fresh.append(one)
        whose[one.ref] = found
    opened = _open_handed(fresh, companies, now=now)
    people = {ref: opened[who] if isinstance(who, int) else who for ref, who in whose.items()}
    insert_rows(
        Statement(
            contact_id=people[one.ref].contact_id,
            source=StatementSource.HANDED_OVER.value,
            source_ref=one.ref,
            said_at=one.said_at,
            state=StatementState.CLAIMED.value,
            values=dict(one.values),
        )
        for one in handed
    )
    _remember_domains({one.address.domain for one in handed if one.address}, now=now)
    refresh({person.contact_id for person in people.values() if not person.known})
    return people


def _ways(one: Handed) -> list[str]:
    """The keys by which they are found, the address first."""
    return [way.key for way in (one.address, one.phone) if way is not None]


def _open_handed(fresh: Sequence[Handed], companies: Mapping[str, int], *, now: datetime) -> list[Person]:
    """New people, in the order of what was said of them."""
    at = [companies.get(one.address.domain) if one.address else None for one in fresh]
    rows = insert_rows(
        Contact(key=new_key(), language=one.language, company_id=company_id, created_at=one.said_at)
        for one, company_id in zip(fresh, at, strict=True)
    )
    _add_points([_mail_point(row.pk, one.address, now=now) for row, one in zip(rows, fresh, strict=True) if one.address])
    _add_phones([(row.pk, one.phone.value if one.phone else "") for row, one in zip(rows, fresh, strict=True)], now=now)
    return [Person(row.pk, row.key, known=False) for row in rows]


@transaction.atomic
def mark_unfounded(contact_ids: Collection[int], *, now: datetime) -> None:
    """We know these people without a reason that the law accepts."""
    Contact.objects.filter(pk__in=contact_ids, unfounded_since=None).update(unfounded_since=now)


@transaction.atomic
def mark_founded(contact_ids: Collection[int]) -> None:
    """There is a reason now: somebody named one, or the person came by a form of ours."""
    Contact.objects.filter(pk__in=contact_ids, unfounded_since__isnull=False).update(unfounded_since=None)


@transaction.atomic
def prove_mailboxes(proven: Mapping[int, Collection[str]], *, answered: Collection[str], now: datetime) -> None:
    """Contact id → refs of what was claimed from the mailbox that is now proven.

    Those of them become verified that the proof speaks for (`rules.proven_by_button`); `answered`: refs of the forms whose
    mails carried the button, as far as that is known.
    """
    points = ContactPoint.objects.filter(contact_id__in=proven, kind=PointKind.EMAIL.value)
    points.filter(proven_at=None).update(proven_at=now)
    points.filter(failed_at__isnull=False).update(failed_at=None, failed_because="")
    refs = {ref for told in proven.values() for ref in told}
    rows = Statement.objects.filter(contact_id__in=proven, source_ref__in=refs, state=StatementState.CLAIMED.value)
    claims: dict[int, list[Statement]] = {}
    for row in rows:
        if row.source_ref in proven[row.contact_id]:
            claims.setdefault(row.contact_id, []).append(row)
    speaks_for = {
        contact_id: proven_by_button([queries.said(row) for row in told], answered=set(answered) & set(proven[contact_id]))
        for contact_id, told in claims.items()
    }
    verified = [row for contact_id, told in claims.items() for row in told if row.source_ref in speaks_for[contact_id]]
    Statement.objects.filter(pk__in=[row.pk for row in verified]).update(state=StatementState.VERIFIED.value, verified_at=now)
    _add_phones([(row.contact_id, row.values.get("phone", "")) for row in verified], now=now)
    refresh({row.contact_id for row in verified})


@transaction.atomic
def decline_claims(contact_id: int, *, refs: Collection[str]) -> None:
    """What was claimed there is not true: the owner of the mailbox says that somebody else typed it."""
    Statement.objects.filter(contact_id=contact_id, source_ref__in=refs).update(
        state=StatementState.DECLINED.value, verified_at=None
    )
    _forget_answers(contact_id, refs=refs)
    refresh({contact_id})


@transaction.atomic
def add_by_staff(
    *,
    address: Address | None,
    phone: Phone | None,
    values: Mapping[str, str],
    language: str,
    company_id: int | None,
    ref: str,
    now: datetime,
) -> Person:
    """A person whom a member of staff vouches for, found by address or number, else new; what staff said counts as verified."""
    found = queries.find_contact(address_key=address.key if address else "", phone_key=phone.key if phone else "")
    contact = (
        Contact.objects.get(pk=found)
        if found
        else Contact.objects.create(key=new_key(), language=language, company_id=company_id, created_at=now)
    )
    if address:
        _add_points([_mail_point(contact.pk, address, now=now)])
        _remember_domains({address.domain}, now=now)
    _add_phones([(contact.pk, phone.value if phone else "")], now=now)
    Statement.objects.create(
        contact=contact,
        source=StatementSource.STAFF.value,
        source_ref=ref,
        said_at=now,
        state=StatementState.VERIFIED.value,
        verified_at=now,
        values=dict(values),
    )
    refresh({contact.pk})
    return Person(contact.pk, contact.key, found is not None)


@transaction.atomic
def join_company(contact_id: int, *, company_id: int) -> bool:
    """The person belongs to this company, as staff vouch; False when they belong to another one."""
    people = Contact.objects.filter(pk=contact_id, erased_at=None)
    return bool(people.filter(company=None).update(company=company_id)) or people.filter(company=company_id).exists()


@transaction.atomic
def note_point_failed(contact_id: int, *, kind: PointKind, because: str, now: datetime) -> None:
    """Nobody is reached there: a hard bounce, a wrong number."""
    ContactPoint.objects.filter(contact_id=contact_id, kind=kind.value).update(failed_at=now, failed_because=because)


@transaction.atomic
def forget_failure(contact_id: int, *, kind: PointKind, because: str, at: datetime) -> None:
    """What was noted at that moment was a mistake; a failure of another moment stands."""
    rows = ContactPoint.objects.filter(contact_id=contact_id, kind=kind.value, failed_because=because, failed_at=at)
    rows.update(failed_at=None, failed_because="")


@transaction.atomic
def note_mail_domains(answers: Mapping[str, bool | None], *, now: datetime) -> set[str]:
    """Domain → whether it takes mail; None: could not be told, ask again soon. Returns the domains whose answer is new."""
    before = queries.domains_taking_mail(answers)
    for answer in (True, False, None):
        domains = [domain for domain, told in answers.items() if told is answer]
        rows = MailDomain.objects.filter(domain__in=domains)
        if answer is None:
            # A time-out says nothing: what was known before still holds.
            rows.update(checked_at=now, due_at=now + ASK_UNKNOWN_DOMAIN_AGAIN_AFTER)
        else:
            rows.update(takes_mail=answer, checked_at=now, due_at=now + ASK_DOMAIN_AGAIN_AFTER)
    return {domain for domain, told in answers.items() if told is not None and before.get(domain) is not told}


@transaction.atomic
def tag_people(said: Sequence[Tagged], *, now: datetime) -> None:
    """Call people what was said; what the same source said before stays as it is, also where a colleague took it away."""
    rows = [
        Tag(contact_id=each.contact_id, name=name[:LONGEST], key=key, source=each.source.value, said_ref=each.said_ref, at=now)
        for each in said
        for name in each.names
        if (key := label_key(name))
    ]
    Tag.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def add_tag(contact_id: int, *, name: str, by: int, now: datetime, source: TagSource = TagSource.STAFF) -> int | None:
    """A member of staff, or a program by its key, calls the person this; returns the tag's id.

    None when the person is called so already. Raises `TooManyTags`.
    """
    key = label_key(name)
    rows = Tag.objects.filter(contact_id=contact_id)
    standing = set(rows.filter(removed_at=None).values_list("key", flat=True))
    if key in standing:
        return None
    if len(standing) >= MOST_OF_ONE:
        raise TooManyTags(most=MOST_OF_ONE)
    tag_people([Tagged(contact_id=contact_id, names=[name], source=source, said_ref=str(by))], now=now)
    own = rows.filter(key=key, source=source.value, said_ref=str(by))
    own.update(name=name[:LONGEST], at=now, removed_at=None)
    return own.values_list("pk", flat=True).get()


def remove_tag(contact_id: int, *, tag_id: int, now: datetime) -> bool:
    """A member of staff takes the word away, whoever else said it; False when it stands no more."""
    said = Tag.objects.filter(contact_id=contact_id, pk=tag_id, removed_at=None).values_list("name", flat=True).first()
    return said is not None and remove_word(contact_id, name=said, now=now)


def remove_word(contact_id: int, *, name: str, now: datetime) -> bool:
    """Nobody calls the person this any more, however it is spelled; False when nobody did."""
    standing = Tag.objects.filter(contact_id=contact_id, key=label_key(name), removed_at=None)
    return bool(standing.update(removed_at=now))


@transaction.atomic
def bring_back_tag(contact_id: int, *, tag_id: int) -> bool:
    """Undo a removal: everybody who called the person so until then does again."""
    gone = Tag.objects.filter(contact_id=contact_id, pk=tag_id, removed_at__isnull=False).first()
    if gone is None:
        return False
    Tag.objects.filter(contact_id=contact_id, key=gone.key, removed_at=gone.removed_at).update(removed_at=None)
    return True


@transaction.atomic
def forget_statements(contact_id: int, *, refs: Collection[str]) -> None:
    """Delete what was said there and what it calls the person, and bring what is shown in step."""
    _forget_answers(contact_id, refs=refs)
    Statement.objects.filter(contact_id=contact_id, source_ref__in=refs).delete()
    refresh({contact_id})


@transaction.atomic
def note_erased(contact_id: int, *, domains: Collection[str], now: datetime) -> None:
    """The person's values are gone; the row stays so that what happened still adds up. Domains that nobody uses go too."""
    Contact.objects.filter(pk=contact_id).update(erased_at=now, company=None)
    used = set(ContactPoint.objects.filter(domain__in=domains).values_list("domain", flat=True))
    MailDomain.objects.filter(domain__in=set(domains) - used).delete()


def refresh(contact_ids: Collection[int]) -> None:
    """Bring `name` and `search` in step with what the statements amount to."""
    statements = queries.statements_of(contact_ids)
    points = queries.points_of(contact_ids)
    contacts = list(Contact.objects.filter(pk__in=contact_ids, erased_at=None))
    for contact in contacts:
        shown = {key: value.value for key, value in shown_values(statements.get(contact.pk, ())).items()}
        contact.name = shown.get("name", "")
        contact.search = search_text(shown, addresses=[point.value for point in points.get(contact.pk, ())])
    Contact.objects.bulk_update(contacts, ["name", "search"])


def tidy_search() -> None:
    """Nothing of texts that were changed or erased stays in the index of the search."""
    text_index.drop_remains(Contact)


def _forget_answers(contact_id: int, *, refs: Collection[str]) -> None:
    """What these forms alone call the person; what another form, or a colleague, says too has rows of its own."""
    Tag.objects.filter(contact_id=contact_id, source=TagSource.ANSWER.value, said_ref__in=refs).delete()


def _find_people(keys: Collection[str], *, kinds: Sequence[PointKind] = (PointKind.EMAIL,)) -> dict[str, Person]:
    rows = ContactPoint.objects.filter(kind__in=[kind.value for kind in kinds], key__in=keys)
    return {key: Person(pk, name, True) for key, pk, name in rows.values_list("key", "contact_id", "contact__key")}


def _open_contacts(claims: Sequence[Claim], companies: Mapping[str, int]) -> dict[str, Person]:
    contacts = [
        Contact(
            key=new_key(),
            name=claim.values.get("name", ""),
            language=claim.language,
            company_id=companies.get(claim.address.domain),
            search=search_text(_shown(claim), addresses=[claim.address.value]),
            created_at=claim.said_at,
        )
        for claim in claims
    ]
    insert_rows(contacts)
    insert_rows(
        _mail_point(contact.pk, claim.address, now=claim.said_at) for claim, contact in zip(claims, contacts, strict=True)
    )
    return {claim.address.key: Person(contact.pk, contact.key, False) for claim, contact in zip(claims, contacts, strict=True)}


def _shown(claim: Claim) -> dict[str, str]:
    alone = Said(
        ref=claim.ref,
        source=StatementSource.SUBMISSION,
        state=StatementState.CLAIMED,
        said_at=claim.said_at,
        values=claim.values,
    )
    return {key: value.value for key, value in shown_values([alone]).items()}


def _mail_point(contact_id: int, address: Address, *, now: datetime) -> ContactPoint:
    return ContactPoint(
        contact_id=contact_id,
        kind=PointKind.EMAIL.value,
        value=address.value,
        key=address.key,
        domain=address.domain,
        created_at=now,
    )


def _add_phones(numbers: Sequence[tuple[int, str]], *, now: datetime) -> None:
    read = [(contact_id, read_phone(number)) for contact_id, number in numbers if number]
    _add_points(
        [
            ContactPoint(contact_id=contact_id, kind=PointKind.PHONE.value, value=phone.value, key=phone.key, created_at=now)
            for contact_id, phone in read
            if phone is not None
        ]
    )


def _add_points(points: Sequence[ContactPoint]) -> None:
    # A number or address that already reaches somebody stays with that person.
    ContactPoint.objects.bulk_create(points, ignore_conflicts=True)


def _remember_domains(domains: set[str], *, now: datetime) -> None:
    known = set(MailDomain.objects.filter(domain__in=domains).values_list("domain", flat=True))
    fresh = [MailDomain(domain=domain, due_at=now) for domain in sorted(domains - known)]
    MailDomain.objects.bulk_create(fresh, ignore_conflicts=True)
