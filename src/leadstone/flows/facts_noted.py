"""What happens becomes facts of the event lake: each event once, under pseudonyms, and a mistake is taken back there too.

An event says where to look; what stands is read from the rows themselves. So it does not matter in which order events are
answered, nor how often a row is told of.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from uuid import UUID

from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.events import ActivityDone, ActivityPlanned
from leadstone.domains.campaigns.events import CostRecorded, CostTakenBack
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.events import SubmissionAccepted
from leadstone.domains.consent.events import AddressesStopped, MarketingLeft
from leadstone.domains.consent.rules import StopReason
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import MailboxConfirmed, PromiseAnswered, PromiseDelivered, PromiseUsed
from leadstone.domains.grants.rules import Rating
from leadstone.domains.insights import services as insights
from leadstone.domains.insights.rules.facts import Fact, FactKind, Source
from leadstone.domains.insights.services import Arrival, Stood
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.queries.origins import LeadOrigin, last_leads, lead_origins, leads_of_exchanges
from leadstone.domains.pipeline.events import DealLost, DealMoved, DealTakenBack, DealWon, SaleChanged
from leadstone.domains.pipeline.queries.closings import closings
from leadstone.domains.posts import queries as posts
from leadstone.domains.qualification import queries as qualification
from leadstone.domains.qualification.events import LeadQualified, PromotionTakenBack
from leadstone.domains.suppliers import queries as suppliers
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.queries import FormTouch
from leadstone.domains.tracking.rules import VisitStep
from leadstone.domains.tracking.services import ViewKey
from leadstone.infra.blind_index import index_for

_RATED: Mapping[str, FactKind] = {
    Rating.YES.value: FactKind.RATED_YES,
    Rating.PARTLY.value: FactKind.RATED_PARTLY,
    Rating.NO.value: FactKind.RATED_NO,
}
_OF_VISITS: Mapping[VisitStep, FactKind] = {VisitStep.VIEW: FactKind.VIEW, VisitStep.START: FactKind.START}
_OF_GRANTS = frozenset({FactKind.CONFIRMED, FactKind.DELIVERED, *_RATED.values()})
NO_FORMS: Mapping[int, FormTouch] = {}
NO_POSTS: Mapping[int, int] = {}
_OF_DEALS = frozenset({FactKind.WON, FactKind.LOST})

Deal = DealMoved | DealWon | DealLost | DealTakenBack | SaleChanged
Grant = MailboxConfirmed | PromiseDelivered | PromiseAnswered


def note_forms(events: Sequence[SubmissionAccepted], /, *, now: datetime) -> None:
    """Forms: a lead that came, and a touch of its person."""
    origins = lead_origins({event.lead_id for event in events})
    refs = capture.refs_of({event.submission_id for event in events})
    touches = tracking.touches_by_form({event.contact_id for event in events})
    post_of = posts_of(touches.values())
    first: dict[int, FormTouch] = {}
    noted = []
    for event in events:
        touch = touches.get(refs.get(event.submission_id, ""))
        if touch is not None and event.lead_id in origins:
            first.setdefault(event.lead_id, touch)
            noted.append(touched(touch, origins[event.lead_id], post_of=post_of))
    insights.note_arrivals(
        [arrival_of(origins[lead_id], touch, at=touch.at, post_of=post_of) for lead_id, touch in first.items()]
    )
    insights.note_facts(noted)


def note_brought(events: Sequence[LeadAdded], /, *, now: datetime) -> None:
    """Leads that came by no form; where somebody of ours met them, that was a touch."""
    origins = _known({event.lead_id for event in events})
    insights.note_facts(met(origin) for origin in origins.values() if origin.contact_key is not None)


def note_grants(events: Sequence[Grant], /, *, now: datetime) -> None:
    """How far promises came: confirmed, delivered, rated."""
    tell_grants({event.grant_id for event in events})


def tell_grants(grant_ids: Collection[int]) -> None:
    """Have the lake know how far these promises came."""
    steps = grants.grant_steps(grant_ids)
    lead_of = leads_of_exchanges([(step.contact_id, step.magnet_id) for step in steps])
    stood = []
    for step in steps:
        lead_id = lead_of.get((step.contact_id, step.magnet_id))
        if lead_id is None:
            continue
        for kind, at in (
            (FactKind.CONFIRMED, step.opened_at),
            (FactKind.DELIVERED, step.delivered_at),
            (_RATED.get(step.rating), step.rated_at),
        ):
            if kind is not None and at is not None:
                stood.append(Stood(lead_id=lead_id, kind=kind, subject_id=step.grant_id, at=at))
    lead_ids = set(lead_of.values())
    _tell(stood, kinds=_OF_GRANTS, lead_ids=lead_ids, subject_ids=[step.grant_id for step in steps])
    # What did not leave after all was not used either.
    _tell(
        [], kinds={FactKind.USED}, lead_ids=lead_ids, subject_ids=[step.grant_id for step in steps if step.delivered_at is None]
    )


def note_used(events: Sequence[PromiseUsed], /, *, now: datetime) -> None:
    """What was promised was used; the first time counts."""
    steps = {step.grant_id: step for step in grants.grant_steps({event.grant_id for event in events})}
    lead_of = leads_of_exchanges([(step.contact_id, step.magnet_id) for step in steps.values()])
    stood: dict[int, Stood] = {}
    for event in events:
        step = steps.get(event.grant_id)
        lead_id = lead_of.get((step.contact_id, step.magnet_id)) if step else None
        if lead_id is not None:
            used = Stood(lead_id=lead_id, kind=FactKind.USED, subject_id=event.grant_id, at=event.at)
            stood.setdefault(event.grant_id, used)
    told_before = insights.told_of(FactKind.USED, subject_ids=stood)
    fresh = [used for grant_id, used in stood.items() if grant_id not in told_before]
    _tell(fresh, kinds={FactKind.USED}, lead_ids=set(lead_of.values()), subject_ids=[used.subject_id for used in fresh])


def note_qualified(events: Sequence[LeadQualified | PromotionTakenBack], /, *, now: datetime) -> None:
    """Leads became prospects, or were none after all."""
    tell_qualified({event.lead_id for event in events})


def tell_qualified(lead_ids: Collection[int]) -> None:
    """Have the lake know which of these leads are prospects."""
    stood = [
        Stood(lead_id=lead_id, kind=FactKind.QUALIFIED, subject_id=promotion.promotion_id, at=promotion.at)
        for lead_id, promotion in qualification.standing_promotions(lead_ids).items()
    ]
    _tell(stood, kinds={FactKind.QUALIFIED}, lead_ids=lead_ids)


def note_meetings(events: Sequence[ActivityDone | ActivityPlanned], /, *, now: datetime) -> None:
    """Meetings took place, or did not after all."""
    tell_meetings({event.activity_id for event in events})


def tell_meetings(activity_ids: Collection[int]) -> None:
    """Have the lake know which of these meetings took place."""
    meetings = activities.held_leads(activity_ids)
    stood = [
        Stood(lead_id=lead_id, kind=FactKind.MEETING, subject_id=activity_id, at=held_at)
        for activity_id, (lead_id, held_at) in meetings.items()
        if held_at is not None
    ]
    lead_ids = {lead_id for lead_id, _ in meetings.values()}
    _tell(stood, kinds={FactKind.MEETING}, lead_ids=lead_ids, subject_ids=list(meetings))


def note_deals(events: Sequence[Deal], /, *, now: datetime) -> None:
    """Deals were won or lost, are worth something else, or stand open again."""
    tell_deals({event.lead_id for event in events})


def tell_deals(lead_ids: Collection[int]) -> None:
    """Have the lake know what these leads bought, and what they did not."""
    stood = []
    for deal in closings(lead_ids):
        if deal.won_at is not None:
            stood.append(
                Stood(
                    lead_id=deal.lead_id,
                    kind=FactKind.WON,
                    subject_id=deal.deal_id,
                    at=deal.won_at,
                    amount_minor=deal.amount_minor,
                    currency=deal.currency,
                )
            )
        elif deal.lost_at is not None:
            stood.append(Stood(lead_id=deal.lead_id, kind=FactKind.LOST, subject_id=deal.deal_id, at=deal.lost_at))
    _tell(stood, kinds=_OF_DEALS, lead_ids=lead_ids)


def note_moves(events: Sequence[DealMoved], /, *, now: datetime) -> None:
    """Deals went from one stage to another."""
    _note_of_leads([event.lead_id for event in events], kind=FactKind.MOVED, at=now)


def note_left(events: Sequence[MarketingLeft], /, *, now: datetime) -> None:
    """People unsubscribed: it counts for the magnet that they came for last."""
    _tell_once(set(last_leads({event.contact_id for event in events}).values()), kind=FactKind.UNSUBSCRIBED, at=now)


def note_complaints(events: Sequence[AddressesStopped], /, *, now: datetime) -> None:
    """People complained: it counts for the magnet that they came for last."""
    complained = {of: event.at for event in events if event.reason == StopReason.COMPLAINT for of in event.address_hashes}
    people = contacts.people_named_by(traces=(), addresses=complained) if complained else set()
    _tell_once(set(last_leads(people).values()), kind=FactKind.COMPLAINT, at=now)


def note_costs(events: Sequence[CostRecorded | CostTakenBack], /, *, now: datetime) -> None:
    """Money was spent on campaigns, or was not after all. Its time is its day."""
    insights.note_facts(
        Fact(
            at=datetime.combine(date.fromisoformat(event.on), time.min, UTC),
            kind=FactKind.COST,
            source=Source(campaign_id=event.campaign_id),
            number=1 if isinstance(event, CostRecorded) else -1,
            amount_minor=event.amount_minor if isinstance(event, CostRecorded) else -event.amount_minor,
            currency=event.currency,
        )
        for event in events
    )


def note_views(totals: Mapping[ViewKey, tuple[int, int]], *, magnet_of: Mapping[int, int]) -> None:
    """Totals of views, in the transaction that keeps them. Before the lake was told of all earlier ones, it will be told of these
    with them."""
    if insights.gathered():
        tell_views(totals, magnet_of=magnet_of)


def tell_views(totals: Mapping[ViewKey, tuple[int, int]], *, magnet_of: Mapping[int, int]) -> None:
    """Views and beginnings, by people and by machines apart; their time is their day."""
    post_of = posts.posts_of_links({key.link_id for key in totals if key.link_id})
    insights.note_facts(
        Fact(
            at=datetime.combine(key.day, time.min, UTC),
            kind=_OF_VISITS[key.step],
            source=Source(
                magnet_id=magnet_of[key.version_id],
                version_id=key.version_id,
                campaign_id=key.campaign_id,
                link_id=key.link_id,
                post_id=post_of.get(key.link_id, 0),
                channel=key.channel.value,
            ),
            is_machine=is_machine,
            number=number,
        )
        for key, counts in totals.items()
        for is_machine, number in zip((False, True), counts, strict=True)
        if number and key.version_id in magnet_of
    )


@lru_cache(maxsize=2000)  # a form asks twice
def person_of(contact_key: UUID | None) -> int:
    """The number under which a person stands in the lake; 0 for nobody. An erasure changes the key, and nothing leads back."""
    if contact_key is None:
        return 0
    return int(index_for("lake")(contact_key.hex)[:15], 16) + 1


def _known(lead_ids: Collection[int]) -> dict[int, LeadOrigin]:
    """The origins of those of these leads that stand; whoever the lake has not heard of has come."""
    origins = lead_origins(lead_ids)
    heard_of = insights.trails(lead_ids)
    note_arrived([origin for lead_id, origin in origins.items() if lead_id not in heard_of])
    return origins


def note_arrived(origins: Collection[LeadOrigin], *, forms: Mapping[int, FormTouch] = NO_FORMS) -> None:
    """Leads of which the lake has not heard, each with the form that it came by (`forms`: by lead), or with whoever sold it."""
    bought = suppliers.purchases_of_leads([origin.lead_id for origin in origins])
    post_of = posts_of(forms.values())
    insights.note_arrivals(
        [
            arrival_of(
                origin,
                forms.get(origin.lead_id),
                supplier_id=bought[origin.lead_id].supplier_id if origin.lead_id in bought else 0,
                post_of=post_of,
            )
            for origin in origins
        ]
    )


def _tell(
    stood: Sequence[Stood], *, kinds: Collection[FactKind], lead_ids: Collection[int], subject_ids: Collection[int] | None = None
) -> None:
    persons = {lead_id: person_of(origin.contact_key) for lead_id, origin in _known(lead_ids).items()}
    insights.bring_in_step(stood, kinds=kinds, persons=persons, lead_ids=lead_ids, subject_ids=subject_ids)


def _tell_once(lead_ids: Collection[int], *, kind: FactKind, at: datetime) -> None:
    """What counts for a lead once, however often it happens, and stays."""
    fresh = set(lead_ids) - insights.told_of(kind, subject_ids=lead_ids)
    stood = [Stood(lead_id=lead_id, kind=kind, subject_id=lead_id, at=at) for lead_id in sorted(fresh)]
    _tell(stood, kinds={kind}, lead_ids=fresh, subject_ids=fresh)


def _note_of_leads(lead_ids: Sequence[int], *, kind: FactKind, at: datetime) -> None:
    origins = _known(set(lead_ids))
    trails = insights.trails(lead_ids)
    insights.note_facts(
        insights.fact_of(trails[lead_id], kind=kind, at=at, person=person_of(origins[lead_id].contact_key))
        for lead_id in lead_ids
        if lead_id in trails and lead_id in origins
    )


def posts_of(touches: Collection[FormTouch]) -> Mapping[int, int]:
    """Link id → post, for the links that these forms came by."""
    return posts.posts_of_links({touch.link_id for touch in touches if touch.link_id})


def arrival_of(
    origin: LeadOrigin,
    touch: FormTouch | None,
    *,
    at: datetime | None = None,
    supplier_id: int = 0,
    post_of: Mapping[int, int] = NO_POSTS,
) -> Arrival:
    """A lead as it came, with the form that it came by. `at`: when, should it not be when the lead was opened first."""
    link_id = (touch.link_id or 0) if touch else 0
    return Arrival(
        lead_id=origin.lead_id,
        person=person_of(origin.contact_key),
        at=at or origin.opened_at,
        by=FactKind.SUBMIT if touch or origin.submission_id else FactKind.BROUGHT,
        source=_source(origin, link_id=link_id, post_id=post_of.get(link_id, 0), supplier_id=supplier_id),
    )


def _source(origin: LeadOrigin, *, link_id: int = 0, post_id: int = 0, supplier_id: int = 0) -> Source:
    return Source(
        magnet_id=origin.magnet_id or 0,
        version_id=origin.version_id or 0,
        campaign_id=origin.campaign_id or 0,
        link_id=link_id,
        post_id=post_id,
        supplier_id=supplier_id,
        channel=origin.channel,
    )


def met(origin: LeadOrigin) -> Fact:
    """Somebody of ours met this person, or was told of them: a touch without a form."""
    return Fact(at=origin.opened_at, kind=FactKind.TOUCH_OFFLINE, source=_source(origin), person=person_of(origin.contact_key))


def touched(touch: FormTouch, origin: LeadOrigin, *, post_of: Mapping[int, int]) -> Fact:
    """The touch with its own source, which may be another than the one that brought the lead first."""
    return Fact(
        at=touch.at,
        kind=FactKind.TOUCH,
        source=Source(
            magnet_id=origin.magnet_id or 0,
            version_id=touch.version_id or 0,
            campaign_id=touch.campaign_id or 0,
            link_id=touch.link_id or 0,
            post_id=post_of.get(touch.link_id or 0, 0),
            channel=touch.channel,
        ),
        person=person_of(origin.contact_key),
    )
