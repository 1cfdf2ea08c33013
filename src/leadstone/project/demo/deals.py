"""The board of the demo company: prospects with receipts, on their way through the stages, won, lost and forgotten."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries as calls
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind
from leadstone.domains.activities.services import Plan
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as lead_services
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import LeadFilter, Status
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline import services
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.services import Answers, DealWords
from leadstone.domains.qualification import queries as qualification
from leadstone.domains.qualification import services as qualifying
from leadstone.kernel.money import Currency
from leadstone.project.demo.catalogue import TRAP

# What a firm and what a household wants, and for how much (zł).
FIRMS_WANT = (
    ("Audyt energetyczny, 2 budynki", 18_400),
    ("Kotłownia szkolna na pompę ciepła", 96_000),
    ("Audyt i plan modernizacji hotelu", 62_000),
    ("Ciepło odpadowe z dwóch pieców", 27_500),
    ("Audyty 14 bloków", 240_000),
    ("Hala produkcyjna: ogrzewanie i wentylacja", 84_000),
    ("Chłodnia: odzysk ciepła ze sprężarek", 46_500),
    ("Biurowiec, plan do 2030 roku", 38_000),
    ("Plebania i kościół: ogrzewanie", 31_000),
    ("Przychodnia: audyt i wniosek o dotację", 14_800),
)
HOUSEHOLDS_WANT = (
    ("Dom 180 m², audyt i projekt", 4_900),
    ("Dom 120 m², dobór pompy ciepła", 3_900),
    ("Audyt do wniosku Czyste Powietrze", 1_290),
    ("Poddasze: ocieplenie i wentylacja", 2_600),
    ("Bliźniak, wspólna pompa ciepła", 7_400),
    ("Dom z lat 70., plan na trzy lata", 5_800),
    ("Ogrzewanie podłogowe, projekt", 6_200),
    ("Odbiór instalacji po wykonawcy", 1_850),
)
RECEIPTS = {
    "intent": ("Chce zlecić jeszcze przed zimą.", "Pyta o wolne terminy i cenę.", "Prosi o umowę do przejrzenia."),
    "interest": ("Zna poradnik i wie, czego chce.", "Rachunki za gaz: dwa razy więcej niż rok temu.", "Stary kocioł do wymiany."),
    "authority": ("Decyduje sam z żoną.", "Decyduje prezes, zna temat.", "Zarząd wspólnoty, uchwała jest."),
}
NEXT = (
    (ActivityKind.CALL, "Zadzwonić w sprawie terminu"),
    (ActivityKind.MEETING, "Wizja na miejscu"),
    (ActivityKind.TASK, "Wysłać ofertę"),
    (ActivityKind.CALL, "Zapytać o decyzję"),
    (ActivityKind.TASK, "Sprawdzić rachunki za rok"),
)
WHERE_NO_CALL_IS_ALLOWED = (ActivityKind.TASK, "Napisać w sprawie terminu")
LOST_NOTES = {  # by what the reasons of a fresh installation are called
    "Too expensive": "Sąsiad zapłacił połowę.",
    "Bought elsewhere": "Instalator z okolicy zrobił od ręki.",
    "No decision": "Wspólnota nie podjęła uchwały.",
    "No budget": "Dotacja przepadła.",
    "The need is gone": "Sprzedają dom.",
}
OPEN = (("prospect", 15), ("need", 11), ("offer", 12))  # stage keys, in the order in which deals pass them
CLOSED = (("won", 11), ("lost", 15))
FORGOTTEN = 6  # open deals that nobody touched for weeks
UNPLANNED_EVERY = 4
DEALS_OF_A_FIRM = 5
BEFORE_A_DEAL = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """How far one deal comes: the stages that it passes, and how long ago it entered the last of them."""

    line: LeadLine
    stages: tuple[str, ...]
    last_days_ago: float
    title: str
    amount_minor: int
    by: int


def deals_on_the_board(*, emil: int, dora: int, chance: random.Random, now: datetime) -> None:
    """Make prospects of the leads in talks, and let their deals move as far as they came."""
    points = {point.key: point.point_id for point in qualification.points()}
    stages = {stage.key: stage.stage_id for stage in pipeline.stages()}
    reasons = pipeline.reasons(StageClass.LOST)
    liked = pipeline.reasons(StageClass.WON)
    for number, journey in enumerate(_journeys(_in_talks(chance, now=now), chance, staff=(emil, dora), now=now)):
        times = _times(journey, now=now)
        deal_id = _promote(journey, points, chance, at=times[0])
        if deal_id is None:
            continue
        for version, (key, at) in enumerate(zip(journey.stages[1:], times[1:], strict=True), 1):
            because = chance.choice(reasons if key == "lost" else liked)
            services.move_deal(
                deal_id=deal_id,
                to_stage_id=stages[key],
                seen_version=version,
                by=journey.by,
                now=at,
                answers=Answers(close_reason_id=because.reason_id, close_note=LOST_NOTES.get(because.names["en"], "")),
            )
        if journey.stages[-1] in dict(OPEN) and number % UNPLANNED_EVERY and journey.last_days_ago < 21:
            _plan(journey, deal_id, chance, now=now)


def _in_talks(chance: random.Random, *, now: datetime) -> Iterator[LeadLine]:
    """Leads who may become prospects, a few of each firm; the magnet that only brought hunters of a prize has none."""
    trap = next((magnet.pk for magnet in magnets.magnets() if magnet.slug == TRAP.slug), None)
    lines = [
        line
        for status in (Status.WORKING, Status.NURTURING)
        for line in leads.each_lead(LeadFilter(status=status), reader=THE_HOUSE)
        if line.magnet_id != trap and now - line.opened_at > BEFORE_A_DEAL and (line.name or line.company)
    ]
    chance.shuffle(lines)
    firms: Counter[str] = Counter()
    for line in lines:
        if line.company:
            firms[line.company] += 1
        if firms[line.company] <= DEALS_OF_A_FIRM or not line.company:
            yield line


def _journeys(lines: Iterator[LeadLine], chance: random.Random, *, staff: tuple[int, int], now: datetime) -> Iterator[Journey]:
    passed = tuple(key for key, _count in OPEN)
    ends = [passed[: place + 1] for place, (_key, count) in enumerate(OPEN) for _ in range(count)]
    ends += [
        (*passed[: chance.randint(2, 3) if key == "won" else chance.randint(1, 3)], key) for key, n in CLOSED for _ in range(n)
    ]
    chance.shuffle(ends)
    forgotten = FORGOTTEN
    for stages, line in zip(ends, lines, strict=False):
        closed = stages[-1] in dict(CLOSED)
        age = (now - line.opened_at - BEFORE_A_DEAL) / timedelta(days=1)
        days_ago = chance.uniform(1, max(2.0, min(80 if closed else 13, age * 0.6)))
        if not closed and forgotten and age > 30:
            forgotten -= 1
            days_ago = chance.uniform(23, min(38, age))
        title, zloty = chance.choice(FIRMS_WANT if line.company else HOUSEHOLDS_WANT)
        yield Journey(
            line=line,
            stages=stages,
            last_days_ago=days_ago,
            title=title,
            amount_minor=int(zloty * chance.uniform(0.8, 1.25)) // 100 * 10_000,
            by=chance.choices(staff, (4, 1))[0],
        )


def _times(journey: Journey, *, now: datetime) -> Sequence[datetime]:
    """When the deal entered each of its stages: evenly from its beginning, as early as its lead allows, to the last."""
    last = now - timedelta(days=journey.last_days_ago)
    earliest = min(journey.line.opened_at + BEFORE_A_DEAL, last)
    first = max(earliest, last - timedelta(days=9 * (len(journey.stages) - 1)))
    steps = max(len(journey.stages) - 1, 1)
    times = [first + (last - first) * place / steps for place in range(len(journey.stages))]
    return [_at_work(at) for at in [*times[:-1], last]]


def _at_work(at: datetime) -> datetime:
    """The same day between eight and five, in the same order."""
    return at.replace(hour=8 + at.hour * 9 // 24)


def _promote(journey: Journey, points: dict[str, int], chance: random.Random, *, at: datetime) -> int | None:
    """A prospect on receipts, and the deal that it opens, written as far as it is known."""
    lead_id = journey.line.lead_id
    if journey.line.status is Status.NURTURING:
        lead_services.move(lead_id=lead_id, to=Status.WORKING, by=journey.by, now=at)
    known = ("intent", "interest", "authority") if len(journey.stages) > 1 else ("intent", "interest")
    for key in known:
        words = chance.choice(RECEIPTS[key])
        qualifying.write_evidence(lead_id=lead_id, point_id=points[key], text=words, by=journey.by, now=at)
    promoted = qualifying.promote(lead_id=lead_id, by=journey.by, now=at)
    if promoted.promotion_id is None:
        return None
    deal_id = services.open_promoted(lead_id=lead_id, promotion_id=promoted.promotion_id, now=at)
    if deal_id is None:
        return None
    offered = len(journey.stages) > 2 or chance.random() < 0.4
    words_of_it = DealWords(
        title=journey.title,
        amount_minor=None if len(journey.stages) == 1 and chance.random() < 0.2 else journey.amount_minor,
        currency=Currency.PLN,
        expected_close=(at + timedelta(days=chance.randint(35, 120))).date() if offered else None,
        manual_probability=chance.choice((10, 50, 80, 90)) if chance.random() < 0.15 else None,
        owner_id=journey.by,
    )
    services.change_deal(deal_id=deal_id, words=words_of_it, seen_version=0, by=journey.by, now=at)
    return deal_id


def _plan(journey: Journey, deal_id: int, chance: random.Random, *, now: datetime) -> None:
    """What comes next: for most in the days ahead, for some today, and for a few it should have been done."""
    kind, title = chance.choice(NEXT)
    lead_id = journey.line.lead_id
    if kind is ActivityKind.CALL and calls.call_answers([lead_id], on=now.date())[lead_id].phone is None:
        kind, title = WHERE_NO_CALL_IS_ALLOWED
    days = chance.choice((-3, -1, 0, 0, 1, 2, 3, 5, 8, 12))
    due = (now + timedelta(days=days)).replace(hour=chance.randint(8, 15), minute=chance.choice((0, 20, 30)), second=0)
    activities.plan(
        Plan(
            kind=kind,
            about=About(lead_id=journey.line.lead_id, contact_id=journey.line.contact_id, deal_id=deal_id),
            owner_id=journey.by,
            title=title,
            due_at=due,
        ),
        by=journey.by,
        now=min(now, due - timedelta(days=1)),
    )
