"""What Ciepło Polskie did in a year to be found, what it cost, and which visits came of it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from leadstone.domains.campaigns.queries.links import links
from leadstone.domains.campaigns.rules import Aim, CostKind, Goal, Place
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.domains.campaigns.rules.recalls import Asked
from leadstone.domains.campaigns.services.campaigns import CampaignWords, open_campaign
from leadstone.domains.campaigns.services.costs import record_cost
from leadstone.domains.campaigns.services.links import add_links
from leadstone.domains.campaigns.services.recalls import record_recall
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.services import LinkKey, add_link_uses
from leadstone.kernel.money import Currency
from leadstone.project.demo.posts import tell_posts
from leadstone.project.demo.visits import Plan
from leadstone.wire.records import Origin, PagesViewed, ViewCount

FAIR, BREAKFAST, LETTERS, RADIO = "targi-dom-i-energia", "sniadanie-w-izbie", "listy-do-wspolnot", "radio-zima"
HOUR = 8_500  # of a colleague, in grosze
VIEWS_OF_A_POST = 6
WAYS_SHARE = 0.9  # of the visits that name no source, so many came by a link on paper or were told a code


@dataclass(frozen=True)
class Cost:
    """One cost, so many days ago. Without a quantity it is money, and `minor` the amount."""

    days_ago: int
    minor: int
    note: str
    quantity: int = 0
    kind: CostKind = CostKind.MONEY


@dataclass(frozen=True)
class Links:
    """Links of a campaign to a magnet: one a label. `scans`: how often each was followed for a form that came of it."""

    slug: str
    place: Place
    labels: tuple[str, ...]
    scans: float


@dataclass(frozen=True)
class Survey:
    """How many were asked so many days ago whether they know who installs heat pumps here, and how many named the company."""

    days_ago: int
    asked: int
    remembered: int
    note: str


@dataclass(frozen=True)
class Told:
    """One campaign."""

    key: str
    name: str
    channel: ChannelType
    begins: int  # days ago
    ends: int | None
    owner: str
    costs: tuple[Cost, ...]
    goal: tuple[Goal, int] | None = None
    aim: Aim = Aim.LEADS
    links: Links | None = None
    surveys: tuple[Survey, ...] = ()


def _hours(days_ago: int, number: int, note: str) -> Cost:
    return Cost(days_ago, HOUR, note, number, CostKind.HOURS)


def _goods(days_ago: int, minor: int, number: int, note: str) -> Cost:
    return Cost(days_ago, minor, note, number, CostKind.GOODS)


CAMPAIGNS = (
    Told(
        "wiosna-na-budowie",
        "Wiosna na budowie, plakaty",
        ChannelType.LOCAL_MEDIA,
        310,
        220,
        "dora",
        (Cost(308, 640_000, "Druk i rozklejanie"), _hours(300, 14, "Projekt")),
        goal=(Goal.VISITS, 400),
        aim=Aim.AWARENESS,
        surveys=(
            Survey(315, 160, 19, "Targ w Mielcu: kto tu montuje pompy ciepła?"),
            Survey(214, 150, 38, "Targ w Mielcu, to samo pytanie"),
        ),
    ),
    Told(
        "jesien",
        "Jesienny list do klientów",
        ChannelType.EMAIL,
        95,
        None,
        "dora",
        (_hours(92, 9, "Pisanie i skład"), _hours(41, 4, "Drugi list")),
        goal=(Goal.QUALIFIED, 15),
    ),
    Told(
        "pompy-jesien",
        "Pompy ciepła, reklama na Facebooku",
        ChannelType.ADVERTISING,
        88,
        None,
        "dora",
        (Cost(80, 310_000, "Emisja, pierwszy miesiąc"), Cost(50, 340_000, "Emisja"), Cost(20, 290_000, "Emisja")),
        goal=(Goal.CUSTOMERS, 12),
    ),
    Told(
        "triple",
        "Konkurs z nagrodą, Facebook i Instagram",
        ChannelType.ADVERTISING,
        70,
        8,
        "dora",
        (Cost(66, 980_000, "Emisja"), Cost(30, 760_000, "Emisja"), _goods(60, 449_900, 3, "Nagrody")),
        goal=(Goal.CONFIRMED, 400),
    ),
    Told(
        "dom-bez-dymu",
        "Podcast „Dom bez dymu”",
        ChannelType.PODCAST,
        75,
        None,
        "dora",
        (Cost(74, 180_000, "Partner odcinka"), _hours(75, 6, "Nagranie")),
        goal=(Goal.QUALIFIED, 8),
    ),
    Told(
        FAIR,
        "Targi Dom i Energia, Gdańsk",
        ChannelType.TRADE_FAIR,
        21,
        18,
        "emil",
        (
            Cost(60, 890_000, "Stoisko 12 m²"),
            Cost(19, 214_000, "Hotel i dojazd"),
            _hours(18, 48, "Trzy dni, dwie osoby"),
            _goods(18, 1_290, 150, "Kubki"),
        ),
        goal=(Goal.CONFIRMED, 30),
        links=Links("cieply-dom", Place.FAIR, ("Ścianka stoiska", "Karty na ladzie"), 5),
    ),
    Told(
        LETTERS,
        "Listy do wspólnot mieszkaniowych",
        ChannelType.DIRECT_MAIL,
        62,
        30,
        "gosia",
        (_goods(61, 480, 400, "Druk i znaczki"), _hours(63, 11, "Adresy i podpisy")),
        goal=(Goal.CONFIRMED, 25),
        links=Links("przed-zima", Place.LETTER, tuple(f"List do wspólnot {number}" for number in range(1, 7)), 3),
    ),
    Told(
        BREAKFAST,
        "Śniadanie w izbie gospodarczej, Poznań",
        ChannelType.CHAMBER_OF_COMMERCE,
        6,
        6,
        "gosia",
        (Cost(6, 45_000, "Udział"), _hours(6, 5, "Wystąpienie i rozmowy")),
    ),
    Told(
        RADIO,
        "Radio na zimę",
        ChannelType.LOCAL_MEDIA,
        40,
        None,
        "dora",
        (Cost(39, 520_000, "Dwadzieścia spotów"), _hours(42, 3, "Scenariusz")),
        goal=(Goal.SCANS, 300),
        aim=Aim.AWARENESS,
        links=Links("oferta", Place.AIR, ("Kod z radia",), 9),
        surveys=(Survey(12, 18, 4, "Klienci przy ladzie: skąd nas znacie?"),),
    ),
)


# Whom staff met there, they entered with the campaign.
CAMPAIGN_OF = {ChannelType.TRADE_FAIR: FAIR, ChannelType.CHAMBER_OF_COMMERCE: BREAKFAST}


@dataclass(frozen=True)
class Way:
    """The links of one campaign: to which magnet, since how many days, how often scanned for each form; ids and codes."""

    slug: str
    begins: int
    scans: float
    codes: tuple[tuple[int, str], ...]
    on_screen: bool = False  # of a post: whoever followed it was counted with the post


@dataclass(frozen=True)
class Opened:
    """The campaigns by key, and the ways that lead from them."""

    ids: Mapping[str, int]
    ways: tuple[Way, ...]


def open_campaigns(staff: Mapping[str, int], *, now: datetime) -> Opened:
    """Before the visits are told, so that each finds its campaign. `staff`: key → account."""
    ids: dict[str, int] = {}
    ways: list[Way] = []
    for told in CAMPAIGNS:
        began, by = now - timedelta(days=told.begins), staff[told.owner]
        words = CampaignWords(
            name=told.name,
            channel=told.channel,
            starts_on=began.date(),
            ends_on=_day(now, told.ends) if told.ends is not None else None,
            aim=told.aim,
            owner_id=by,
            goal=told.goal[0] if told.goal else None,
            goal_number=told.goal[1] if told.goal else None,
        )
        ids[told.key] = open_campaign(words, key=told.key, by=by, now=began)
        for cost in told.costs:
            at = now - timedelta(days=cost.days_ago)
            record_cost(_spent(cost), campaign_id=ids[told.key], on=at.date(), note=cost.note, by=by, now=at)
        for each in told.surveys:
            asked = Asked(on=_day(now, each.days_ago), asked=each.asked, remembered=each.remembered)
            record_recall(asked, campaign_id=ids[told.key], note=each.note, by=by, now=now - timedelta(days=each.days_ago))
        if told.links is not None:
            made = add_links(
                campaign_id=ids[told.key],
                magnet_id=_magnet_id(told.links.slug),
                labels=told.links.labels,
                place=told.links.place,
                by=by,
                now=began,
            )
            codes = tuple((pk, each.code) for pk, each in sorted(links(made).items()))
            ways.append(Way(told.links.slug, told.begins, told.links.scans, codes))
    for post in tell_posts(ids, by=staff["dora"], now=now):
        ways.append(Way(post.slug, post.days_ago, VIEWS_OF_A_POST, ((post.link_id, post.code),), on_screen=True))
    return Opened(ids, tuple(ways))


def with_links(plan: Plan, opened: Opened, *, now: datetime) -> None:
    """Let some of those who name no source have come by a link that hung somewhere on that day, and count who followed it."""
    chance = random.Random(31)
    uses: dict[LinkKey, tuple[int, int]] = {}
    for at, visits in plan.groups:
        for place, visit in enumerate(visits):
            hung = [each for each in opened.ways if each.slug == visit.magnet.slug and at >= now - timedelta(days=each.begins)]
            if not hung or visit.record.origin != Origin() or chance.random() > WAYS_SHARE:
                continue
            way = chance.choice(hung)
            link_id, code = chance.choice(way.codes)
            visits[place] = replace(visit, record=msgspec.structs.replace(visit.record, origin=Origin(link=code)))
            people, machines = max(1, round(way.scans * chance.uniform(0.6, 1.6))), int(chance.random() < 0.2)
            if not way.on_screen:
                key = LinkKey(link_id, at.date(), "q")
                before = uses.get(key, (0, 0))
                uses[key] = (before[0] + people, before[1] + machines)
            count = ViewCount(
                version_id=visit.record.version_id, source="", medium="", people=people, machines=machines, link=code
            )
            plan.views.append(PagesViewed(at=int(at.timestamp() * 1000), counts=(count,)))
    add_link_uses(uses)


def _magnet_id(slug: str) -> int:
    magnet = magnets.by_slug(slug)
    assert magnet is not None
    return magnet.pk


def _spent(cost: Cost) -> Spent:
    if cost.kind is CostKind.MONEY:
        return Spent(kind=cost.kind, currency=Currency.PLN, amount_minor=cost.minor)
    return Spent(kind=cost.kind, currency=Currency.PLN, quantity=Decimal(cost.quantity), rate_minor=cost.minor)


def _day(now: datetime, days_ago: int) -> date:
    return (now - timedelta(days=days_ago)).date()
