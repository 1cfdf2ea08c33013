"""What the quality of leads depends on, gathered for many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.capture import queries as capture
from leadstone.domains.consent import queries as consent
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import PointFacts
from leadstone.domains.contacts.rules import PointKind, shown_values
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import Ending
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries.listing import visible
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.buying_signs import has_signs, sign_in
from leadstone.domains.scoring.rules import AddressFacts, QualityFacts
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.address import is_disposable, is_role
from leadstone.kernel.phone import read_phone
from leadstone.wire.definition import MagnetDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose interest in what; a lead, or one that is about to be."""

    contact_id: int
    magnet_id: int | None
    version_id: int | None
    channel: ChannelType
    basis: str
    submission_id: int | None = None


def subject_of(lead: Lead) -> Subject:
    """The subject of a lead that has a contact."""
    return Subject(
        contact_id=lead.contact_id or 0,
        magnet_id=lead.magnet_id,
        submission_id=lead.submission_id,
        version_id=lead.version_id,
        channel=ChannelType(lead.channel),
        basis=lead.basis,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPeople:
    """Who stands behind a lead, and why we may keep them: `basis` is one of `rules.Basis`, or empty after a form."""

    contact_id: int | None
    company_id: int | None
    owner_id: int | None
    basis: str


def people_of(lead_ids: Collection[int]) -> dict[int, LeadPeople]:
    """Lead id → who stands behind it."""
    rows = Lead.objects.filter(pk__in=lead_ids).values_list("pk", "contact_id", "company_id", "owner_id", "basis")
    return {
        pk: LeadPeople(contact_id=contact_id, company_id=company_id, owner_id=owner_id, basis=basis)
        for pk, contact_id, company_id, owner_id, basis in rows
    }


def seen_of(lead_ids: Collection[int], *, reader: Reader) -> set[int]:
    """Which of these leads stand in the reader's lists."""
    return set(Lead.objects.filter(visible(reader), pk__in=lead_ids, ended_at=None).values_list("pk", flat=True))


def seen_leads_of(contact_id: int, *, reader: Reader) -> list[int]:
    """The leads of a person that stand in the reader's lists, the latest first."""
    rows = Lead.objects.filter(visible(reader), contact_id=contact_id, ended_at=None).order_by("-opened_at", "-pk")
    return list(rows.values_list("pk", flat=True))


def lead_of_exchange(contact_id: int, *, magnet_id: int) -> int | None:
    """The standing lead that a person became by a magnet."""
    rows = Lead.objects.filter(contact_id=contact_id, magnet_id=magnet_id, ended_at=None).order_by("-opened_at", "-pk")
    return rows.values_list("pk", flat=True).first()


def seen_leads_of_people(contact_ids: Collection[int], *, reader: Reader) -> dict[int, dict[int | None, int]]:
    """Contact id → magnet id → lead that stands in the reader's lists, the latest first; people out of reach are left out."""
    found: dict[int, dict[int | None, int]] = {}
    rows = Lead.objects.filter(visible(reader), contact_id__in=contact_ids, ended_at=None).order_by("-opened_at", "-pk")
    for lead_id, contact_id, magnet_id in rows.values_list("pk", "contact_id", "magnet_id"):
        if contact_id is not None:
            found.setdefault(contact_id, {}).setdefault(magnet_id, lead_id)
    return found


def exchanges_in_reach(reader: Reader) -> Exists | None:
    """What holds of a row with `contact_id` and `magnet_id` whose lead the reader may see; None: they may see all."""
    if reader.owners(Thing.LEADS) is None:
        return None
    theirs = Lead.objects.filter(visible(reader), ended_at=None)
    return Exists(theirs.filter(contact_id=OuterRef("contact_id"), magnet_id=OuterRef("magnet_id")))


def lead_ids_at(domains: Collection[str]) -> list[int]:
    """Standing leads of the people whose mailbox is at one of these domains."""
    people = contacts.contacts_at(domains)
    return list(Lead.objects.filter(contact_id__in=people, ended_at=None).values_list("pk", flat=True))


def standing_leads(contact_id: int) -> int:
    """How many leads of this person stand in the lists."""
    return Lead.objects.filter(contact_id=contact_id, ended_at=None).count()


def quality_facts(subjects: Sequence[Subject]) -> list[QualityFacts]:
    """The facts for each subject, in order; six queries, however many subjects, and one more where answers count."""
    if not subjects:
        return []
    people = {subject.contact_id for subject in subjects}
    points = contacts.points_of(people)
    takes_mail = contacts.domains_taking_mail(point.domain for ways in points.values() for point in ways)
    statements = contacts.statements_of(people)
    definitions = magnets.definitions({s.version_id for s in subjects if s.version_id is not None})
    asked_for = consent.purposes_asked(people)
    signs = _signs(subjects, definitions)
    not_me = grants.undone_pairs(people, because=Ending.NOT_ME.value)
    found = []
    for subject in subjects:
        ways = points.get(subject.contact_id, [])
        shown = {key: value.value for key, value in shown_values(statements.get(subject.contact_id, ())).items()}
        definition = definitions.get(subject.version_id or 0)
        phone = read_phone(shown["phone"]) if "phone" in shown else None
        found.append(
            QualityFacts(
                address=_address_facts(ways, takes_mail),
                name=shown.get("name", ""),
                phone_plausible=(phone is not None and phone.plausible) if "phone" in shown else None,
                phone_wrong=any(way.kind is PointKind.PHONE and way.failed_at is not None for way in ways),
                not_me=(subject.contact_id, subject.magnet_id) in not_me,
                channel=subject.channel,
                incentive=definition.incentive if definition else None,
                intent=definition.sales_intent if definition else None,
                asked_for=frozenset(asked_for.get((subject.contact_id, subject.version_id or 0), ())),
                basis=subject.basis,
                sign=signs.get(subject.submission_id or 0, ""),
            )
        )
    return found


def _signs(subjects: Sequence[Subject], definitions: Mapping[int, MagnetDefinition]) -> dict[int, str]:
    """Submission id → the question by which it says that somebody wants to buy. An erased form says nothing any more."""
    telling = {pk for pk, definition in definitions.items() if has_signs(definition)}
    asked = {s.submission_id: definitions[s.version_id] for s in subjects if s.submission_id and s.version_id in telling}
    forms = capture.forms(asked) if asked else {}
    return {pk: sign_in(asked[pk], form.answers) for pk, form in forms.items() if form.answers is not None}


def _address_facts(ways: Sequence[PointFacts], takes_mail: dict[str, bool | None]) -> AddressFacts | None:
    mail = next((way for way in ways if way.kind is PointKind.EMAIL), None)
    if mail is None:
        return None
    return AddressFacts(
        domain=mail.domain,
        takes_mail=takes_mail.get(mail.domain),
        disposable=is_disposable(mail.domain),
        role=is_role(mail.key.rpartition("@")[0]),
        proven=mail.proven_at is not None,
        failed=mail.failed_at is not None,
    )
