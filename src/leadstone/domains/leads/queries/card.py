"""The card of one lead: facts only, for the studio to put into words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadstone.domains.access.rules import Reader
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.rules import Verdict
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.queries import LedgerLine
from leadstone.domains.consent.rules import Act, Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import PointFacts
from leadstone.domains.contacts.rules import PointKind, Said, ShownValue, shown_values
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.queries import ToldMessage
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import GrantFacts
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.queries.listing import visible
from leadstone.domains.leads.rules import PERSON_NAMED, Basis, QualityBand, Status, band_of
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.scoring.rules import Code, Judgement, Reason
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.queries import TouchFacts
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import Channel, MagnetDefinition, Purpose


class NoSuchLead(LeadstoneError):
    code = "no_such_lead"
    sentence = "There is no such lead."


class TimelineKind(StrEnum):
    """What happened; the studio has the words."""

    FORM_SENT = "form_sent"
    FORM_REPEATED = "form_repeated"
    MET = "met"
    PROMISED = "promised"
    MAILED = "mailed"
    OPENED = "opened"
    DELIVERED = "delivered"
    RATED = "rated"
    ENDED = "ended"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    STATUS_CHANGED = "status_changed"
    PERSON_NAMED = "person_named"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line of the story. `facts` are what its sentence needs: titles, channels, states; see `_timeline`."""

    kind: TimelineKind
    at: datetime
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """Everything about one lead and its person."""

    lead_id: int
    contact_id: int | None
    status: Status
    owner_id: int | None
    owner_name: str
    company_id: int | None
    company: str
    company_domain: str
    channel: ChannelType
    basis: Basis | None
    where_met: str
    opened_at: datetime
    ended: bool
    campaign_id: int | None  # that brought them first
    campaign_name: str
    magnet_id: int | None
    magnet_title: str
    version_id: int | None
    definition: MagnetDefinition | None  # the words that the person was given
    shown: Mapping[str, ShownValue]
    statements: Sequence[Said]
    points: Sequence[PointFacts]
    accuracy: Judgement
    incentive: Judgement
    awareness: Judgement
    band: QualityBand
    grants: Sequence[GrantFacts]
    told: Sequence[ToldMessage]
    consents: Sequence[LedgerLine]
    permissions: Mapping[tuple[Purpose, Channel], Act]
    stops: frozenset[Scope]
    touches: Sequence[TouchFacts]
    timeline: Sequence[TimelineEntry]  # the oldest first


def lead_card(lead_id: int, *, reader: Reader) -> LeadCard:
    """The card; raises `NoSuchLead`, also for a lead that has ended or that the reader may not see.

    A fixed number of queries, however long the story.
    """
    rows = Lead.objects.filter(visible(reader), pk=lead_id, ended_at=None)
    row = rows.select_related("company", "magnet", "owner", "campaign").first()
    if row is None:
        raise NoSuchLead
    contact_id = row.contact_id or 0
    statements = contacts.statements_of([contact_id]).get(contact_id, [])
    points = contacts.points_of([contact_id]).get(contact_id, [])
    hashes = [address_hash(point.key) for point in points if point.kind is PointKind.EMAIL]
    stops = consent.stops_in_force(hashes, channel=Channel.EMAIL)
    facts = _Story(
        grants=grants.grants_of(contact_id),
        told=delivery.told(contact_id),
        consents=consent.history_of(contact_id),
        touches=tracking.touches_of(contact_id),
        submissions=capture.submissions_of(contact_id),
        changes=list(StatusChange.objects.filter(lead=row).select_related("by").order_by("at", "pk")),
    )
    accuracy, incentive, awareness = (_judgement(row.reasons.get(key, [])) for key in ("accuracy", "incentive", "awareness"))
    return LeadCard(
        lead_id=row.pk,
        contact_id=row.contact_id,
        status=Status(row.status),
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        company_id=row.company_id,
        company=row.company.name if row.company else "",
        company_domain=(row.company.domain or "") if row.company else "",
        channel=ChannelType(row.channel),
        basis=Basis(row.basis) if row.basis else None,
        where_met=row.where_met,
        opened_at=row.opened_at,
        ended=row.ended_at is not None,
        campaign_id=row.campaign_id,
        campaign_name=row.campaign.name if row.campaign else "",
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title if row.magnet else "",
        version_id=row.version_id,
        definition=magnets.definitions([row.version_id]).get(row.version_id) if row.version_id else None,
        shown=shown_values(statements),
        statements=statements,
        points=points,
        accuracy=accuracy,
        incentive=incentive,
        awareness=awareness,
        band=band_of(row.accuracy, row.incentive, row.awareness),
        grants=facts.grants,
        told=facts.told,
        consents=facts.consents,
        permissions=consent.permissions_of([contact_id]).get(contact_id, {}),
        stops=frozenset().union(*stops.values()),
        touches=facts.touches,
        timeline=sorted([*_met(row, facts), *_timeline(facts)], key=lambda entry: entry.at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    grants: Sequence[GrantFacts]
    told: Sequence[ToldMessage]
    consents: Sequence[LedgerLine]
    touches: Sequence[TouchFacts]
    submissions: Sequence[capture.SubmissionFacts]
    changes: Sequence[StatusChange]


def _timeline(story: _Story) -> Iterator[TimelineEntry]:
    titles = {grant.version_id: grant.magnet_title for grant in story.grants}
    channels = {touch.submission_ref: touch.channel.value for touch in story.touches if touch.submission_ref}
    for form in story.submissions:
        kind = TimelineKind.FORM_REPEATED if form.verdict is Verdict.REPEATED else TimelineKind.FORM_SENT
        facts = {"magnet": titles.get(form.version_id, ""), "channel": channels.get(form.ref, "")}
        yield TimelineEntry(kind=kind, at=form.received_at, facts=facts)
    for touch in story.touches:
        if not touch.submission_ref and touch.version_id is None:
            yield TimelineEntry(kind=TimelineKind.MET, at=touch.at, facts={"channel": touch.channel.value, "note": touch.note})
    for grant in story.grants:
        yield from _fate(grant)
    for line in story.consents:
        yield TimelineEntry(
            kind=_CONSENTS[line.act],
            at=line.at,
            facts={
                "purpose": line.purpose.value,
                "channel": line.channel.value,
                "method": line.method.value,
                "words": line.words,
            },
        )
    for change in story.changes:
        if change.before:
            who = change.by.name if change.by else ""
            facts = {"before": change.before, "after": change.after, "by": who, "note": change.note, "because": change.because}
            yield TimelineEntry(kind=TimelineKind.STATUS_CHANGED, at=change.at, facts=facts)
        elif change.because == PERSON_NAMED:
            who = change.by.name if change.by else ""
            yield TimelineEntry(kind=TimelineKind.PERSON_NAMED, at=change.at, facts={"by": who})
    for message in story.told:
        facts = {"kind": message.kind, "subject": message.subject, "state": message.state.value, "because": message.because}
        yield TimelineEntry(kind=TimelineKind.MESSAGE, at=message.at, facts=facts)


def _met(row: Lead, story: _Story) -> Iterator[TimelineEntry]:
    """How a lead began that was entered before anybody spoke for its company: no touch of a person tells it."""
    told = any(not touch.submission_ref and touch.version_id is None for touch in story.touches)
    if row.basis and not told:
        facts = {"channel": row.channel, "note": row.where_met}
        yield TimelineEntry(kind=TimelineKind.MET, at=row.opened_at, facts=facts)


_CONSENTS = {
    Act.ASKED: TimelineKind.CONSENT_ASKED,
    Act.GIVEN: TimelineKind.CONSENT_GIVEN,
    Act.WITHDRAWN: TimelineKind.CONSENT_WITHDRAWN,
}


def _fate(grant: GrantFacts) -> Iterator[TimelineEntry]:
    facts = {"magnet": grant.magnet_title}
    times = (
        (TimelineKind.PROMISED, grant.promised_at, facts),
        (TimelineKind.MAILED, grant.mailed_at, facts),
        (TimelineKind.OPENED, grant.opened_at, facts),
        (TimelineKind.DELIVERED, grant.delivered_at, facts),
        (TimelineKind.RATED, grant.rated_at, facts | {"rating": grant.rating.value if grant.rating else ""}),
        (TimelineKind.ENDED, grant.ended_at, facts | {"because": grant.ended_because}),
    )
    for kind, at, told in times:
        if at is not None:
            yield TimelineEntry(kind=kind, at=at, facts=told)


def _judgement(told: Sequence[Mapping[str, object]]) -> Judgement:
    reasons = tuple(
        Reason(code=Code(str(each["code"])), points=int(str(each["points"])), facts=dict(_facts(each["facts"]))) for each in told
    )
    return Judgement(points=sum(reason.points for reason in reasons), reasons=reasons)


def _facts(stored: object) -> Iterator[tuple[str, str]]:
    if isinstance(stored, dict):
        for key, value in stored.items():
            yield str(key), str(value)
