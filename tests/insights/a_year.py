"""A year of a small house, few enough to be added up by hand: what happened, through the flows that it really goes through.

All times are UTC. `-` is none. Money is PLN unless it says EUR.

    who     came for  from         campaign  post  came         became
    eve     -         trade fair   Fair      -     10 Jan       met there
    eve     Quiz      search       -         -     1 Feb        confirmed
    eve     Guide     email        -         -     20 Feb       confirmed; bought for 600 on 1 Mar, after 9 days
    ann     Guide     facebook     Ads       P1    28 Feb       confirmed and delivered 1 Mar, used 2 Mar, prospect 10 Mar,
                                                                met 12 Mar; bought for 1,000 on 31 Mar, after 31 days,
                                                                and again for 250 on 5 May
    fay     -         chamber      -         -     1 Mar        met there
    t1…t12  Trap      facebook     Ads       -     15 Mar       t1 and t2 confirmed
    bob     Guide     trade fair   Fair      -     28 Mar       confirmed, delivered; bought for 400 EUR on 27 Apr, after 30 days
    dan     Quiz      search       -         -     1 Apr        confirmed; prospect 20 Apr
    s1…s3   -         third party  Compare   -     10 Apr       of a supplier, s3 given back; s1 bought for 300 on 9 Jul, after 90
    hal     Guide     facebook     Ads       P2    31 May       confirmed; bought for 500 on 10 Jun, after 10 days
    gus     Guide     direct       -         -     1 Jun        the same form again on 3 Jun: the same lead
    ivy     Guide     direct       -         -     1 Jun        bought for 100 on 5 Jun: a slip, taken back at once
    jon     Guide     direct       -         -     1 Jun        bought for 200 on 8 Jun: undone, the deal stands open again
    g1…g6   Guide     direct       -         -     1 Jun        nothing

Ann came at 23:10 on 28 Feb, which was 1 Mar in Warsaw, and bought at 23:30 on 31 Mar, which was 1 Apr there; the clocks went
forward on 29 Mar, between bob's coming and his buying. Hal came in the last second of May.
A robot filled in the form of the Guide, and programs looked at pages 57 times and answered 5 first questions: none of it counts.

    campaign  what it cost
    Fair      1,000 on 28 Feb · 10 hours at 80 on 1 Mar                                        = 1,800
    Ads       600 on 15 Mar · 50 cups at 4 on 31 Mar · 100 EUR on 1 Apr · 999 on 2 Apr: a slip  = 800 and 100 EUR
    Compare   3 × 45 on 10 Apr, one given back                                                 = 90
                                                                                   in all 2,690 and 100 EUR
    looks     Guide: P1 40 (Mar), the wall at the fair 20 (Mar), direct 30 (Jun) = 90 · Trap 100 (Mar) · Quiz 60 (Feb), 25 began
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec

from leadstone.domains.access.models import User
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.campaigns.rules import CostKind
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.domains.campaigns.services import costs
from leadstone.domains.grants import services as grants
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.magnets.kinds.quiz import QuizSettings
from leadstone.domains.magnets.questionnaire import Option, Question
from leadstone.domains.pipeline import services as pipeline
from leadstone.domains.pipeline.models import Deal, Stage
from leadstone.domains.qualification import services as qualification
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import queries as suppliers
from leadstone.domains.suppliers import services as supplying
from leadstone.domains.suppliers.rules import Returned
from leadstone.flows.lead_added import add_lead
from leadstone.flows.leads_bought import buy_leads
from leadstone.flows.visitor_acts import files_served
from leadstone.flows.visits_counted import pages_viewed
from leadstone.kernel.money import Currency
from leadstone.wire.records import FileServed, Origin, PagesViewed, ViewCount
from tests.campaigns.cast import campaign, link_to
from tests.cast import Guide, Visitor, confirm, form, published, receive, visitor
from tests.posts.cast import post_of
from tests.suppliers.cast import offered, one_supplier

NEW_YEARS_EVE = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
ROOF = Question(
    key="roof", text="What stands above you?", options=(Option(key="flat", text="Flat"), Option(key="steep", text="Steep"))
)
ADS = Origin(source="facebook", medium="social", campaign="ads")
SEARCH, LETTER, NOWHERE = Origin(source="google", medium="organic"), Origin(source="letter", medium="email"), Origin()


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The ids of what the tables above name."""

    guide: int
    trap: int
    quiz: int
    fair: int
    ads: int
    compare: int
    first_post: int
    second_post: int
    supplier: int
    hal: Visitor


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


def live_a_year(*, emil: User) -> Year:
    """Let all of it happen; whoever answers events and keeps the lake does so afterwards."""
    opened = at(1, 1)
    guide, trap = published("guide", title="Guide", at=opened), published("trap", title="Trap", at=opened)
    quiz = published(
        "quiz", title="Quiz", at=opened, kind="quiz", asset=None, settings=msgspec.to_builtins(QuizSettings(questions=(ROOF,)))
    )
    fair = campaign("fair", name="Fair", channel=ChannelType.TRADE_FAIR, starts_on=date(2026, 1, 1), at=opened)
    ads = campaign("ads", name="Ads", channel=ChannelType.FACEBOOK, starts_on=date(2026, 1, 1), at=opened)
    compare = campaign("compare", name="Compare", channel=ChannelType.THIRD_PARTY, starts_on=date(2026, 1, 1), at=opened)
    first, second = post_of(guide, ads), post_of(guide, ads)
    wall = link_to(guide, fair).code
    _spend(fair=fair, ads=ads)
    _look(guide, 40, at(3, 1), machines=50, link=first.code)
    _look(guide, 20, at(3, 28), link=wall)
    _look(guide, 30, at(6, 1), machines=7)
    _look(trap, 100, at(3, 15), source="facebook", medium="social", campaign="ads")
    _look(quiz, 60, at(2, 1), source="google", medium="organic", begun=25, begun_by_machines=5)
    _come_before_march(guide, quiz, first.code, fair=fair, emil=emil)
    _come_in_spring(guide, trap, quiz, wall, emil=emil)
    supplier = _buy(compare, emil=emil)
    hal = _come_in_june(guide, second.code, emil=emil)
    return Year(
        guide=guide.magnet_id,
        trap=trap.magnet_id,
        quiz=quiz.magnet_id,
        fair=fair,
        ads=ads,
        compare=compare,
        first_post=first.post_id,
        second_post=second.post_id,
        supplier=supplier,
        hal=hal,
    )


def _spend(*, fair: int, ads: int) -> None:
    pln, eur = Currency.PLN, Currency.EUR
    _cost(fair, Spent(kind=CostKind.MONEY, currency=pln, amount_minor=1_000_00), on=date(2026, 2, 28))
    _cost(fair, Spent(kind=CostKind.HOURS, currency=pln, quantity=Decimal(10), rate_minor=80_00), on=date(2026, 3, 1))
    _cost(ads, Spent(kind=CostKind.MONEY, currency=pln, amount_minor=600_00), on=date(2026, 3, 15))
    _cost(ads, Spent(kind=CostKind.GOODS, currency=pln, quantity=Decimal(50), rate_minor=4_00), on=date(2026, 3, 31))
    _cost(ads, Spent(kind=CostKind.MONEY, currency=eur, amount_minor=100_00), on=date(2026, 4, 1))
    slip = _cost(ads, Spent(kind=CostKind.MONEY, currency=pln, amount_minor=999_00), on=date(2026, 4, 2))
    costs.take_back_cost(campaign_id=ads, cost_id=slip, now=at(4, 3))


def _cost(campaign_id: int, spent: Spent, *, on: date) -> int:
    return costs.record_cost(spent, campaign_id=campaign_id, on=on, by=None, now=at(on.month, on.day))


def _come_before_march(guide: Guide, quiz: Guide, post: str, *, fair: int, emil: User) -> None:
    _meet("eve", ChannelType.TRADE_FAIR, at(1, 10), campaign_id=fair, by=emil)
    confirm(_come(quiz, "eve", at(2, 1), SEARCH), now=at(2, 1, 13))
    eve = _come(guide, "eve", at(2, 20), LETTER)
    confirm(eve, now=at(2, 20, 13))
    _sell(eve, 600_00, at(3, 1), by=emil)
    ann = _come(guide, "ann", at(2, 28, 23, 10), Origin(link=post))
    confirm(ann, now=at(3, 1))
    _take(ann, at(3, 1, 13))
    grants.note_used([ann.grant_id], at=at(3, 2))
    qualification.override_promotion(lead_id=ann.lead_id, reason="She asked for a quote at once", by=emil.pk, now=at(3, 10))
    _hold_meeting(ann, at(3, 12), by=emil)
    _sell(ann, 1_000_00, at(3, 31, 23, 30), by=emil)
    _sell(ann, 250_00, at(5, 5), by=emil)


def _come_in_spring(guide: Guide, trap: Guide, quiz: Guide, wall: str, *, emil: User) -> None:
    _meet("fay", ChannelType.CHAMBER_OF_COMMERCE, at(3, 1), campaign_id=None, by=emil)
    for number in range(1, 13):
        who = _come(trap, f"t{number}", at(3, 15), ADS)
        if number <= 2:
            confirm(who, now=at(3, 15, 13))
    bob = _come(guide, "bob", at(3, 28), Origin(link=wall))
    confirm(bob, now=at(3, 28, 13))
    _take(bob, at(3, 29, 1))
    _sell(bob, 400_00, at(4, 27), by=emil, currency=Currency.EUR)
    dan = _come(quiz, "dan", at(4, 1), SEARCH)
    confirm(dan, now=at(4, 1, 13))
    qualification.override_promotion(lead_id=dan.lead_id, reason="He asked for a quote at once", by=emil.pk, now=at(4, 20))


def _buy(compare: int, *, emil: User) -> int:
    supplier = one_supplier(by=emil.pk, campaign_id=compare)
    wares = [offered(f"s{number}@sold.example", reference=f"S-{number}", agreed_at=at(4, 9)) for number in (1, 2, 3)]
    buy_leads(supplier, wares, name="april.csv", by=emil.pk, now=at(4, 10))
    leads = {lead.contact.points.get().value: lead for lead in Lead.objects.filter(campaign_id=compare) if lead.contact}
    back = suppliers.purchases_of_leads([leads["s3@sold.example"].pk])[leads["s3@sold.example"].pk]
    supplying.give_back(back.purchase_id, because=Returned.MAIL_BOUNCED, note="", by=emil.pk, now=at(4, 20))
    _sell_to(leads["s1@sold.example"].pk, 300_00, at(7, 9), by=emil)
    return supplier


def _come_in_june(guide: Guide, post: str, *, emil: User) -> Visitor:
    hal = _come(guide, "hal", at(5, 31, 23, 59, 59), Origin(link=post))
    confirm(hal, now=at(6, 1, 0, 5))
    _sell(hal, 500_00, at(6, 10), by=emil)
    for day in (1, 3):
        _come(guide, "gus", at(6, day), NOWHERE)
    ivy, jon = _come(guide, "ivy", at(6, 1), NOWHERE), _come(guide, "jon", at(6, 1), NOWHERE)
    slip = _sell(ivy, 100_00, at(6, 5), by=emil)
    pipeline.take_back_deal(deal_id=slip, lead_id=ivy.lead_id, now=at(6, 5))
    _undo(_sell(jon, 200_00, at(6, 8), by=emil), by=emil)
    for number in range(1, 7):
        _come(guide, f"g{number}", at(6, 1), NOWHERE)
    receive(form(guide, "robot@example.com", at=at(6, 1), suspicion="honeypot"), now=at(6, 1))
    return hal


def _come(guide: Guide, name: str, when: datetime, origin: Origin) -> Visitor:
    answers = {f"q.{ROOF.key}": "flat"} if guide.definition.kind == "quiz" else {}
    receive(form(guide, f"{name}@example.com", at=when, origin=origin, **answers), now=when)
    return visitor(guide, f"{name}@example.com")


def _meet(name: str, channel: ChannelType, when: datetime, *, campaign_id: int | None, by: User) -> None:
    add_lead(
        name=name,
        email=f"{name}@example.com",
        phone="",
        company="",
        channel=channel,
        where_met="",
        basis=Basis.GAVE_CARD,
        by=by.pk,
        language="en",
        campaign_id=campaign_id,
        now=when,
    )


def _look(guide: Guide, people: int, when: datetime, *, machines: int = 0, **told: object) -> None:
    words = {"source": "", "medium": ""} | told
    count = ViewCount(version_id=guide.version_id, people=people, machines=machines, **words)  # type: ignore[arg-type]
    pages_viewed([PagesViewed(at=_ms(when), counts=(count,))], now=when)


def _take(who: Visitor, when: datetime) -> None:
    files_served([FileServed(at=_ms(when), grant_key=str(who.grant_key))], now=when)


def _hold_meeting(who: Visitor, when: datetime, *, by: User) -> None:
    meeting = Plan(kind=ActivityKind.MEETING, about=About(lead_id=who.lead_id), owner_id=by.pk, title="At hers", due_at=when)
    activity_id = activities.plan(meeting, by=by.pk, now=when - timedelta(days=1))
    activities.finish(activity_id=activity_id, outcome=Outcome.HELD, now=when)


def _sell(who: Visitor, amount: int, when: datetime, *, by: User, currency: Currency = Currency.PLN) -> int:
    return _sell_to(who.lead_id, amount, when, by=by, currency=currency)


def _sell_to(lead_id: int, amount: int, when: datetime, *, by: User, currency: Currency = Currency.PLN) -> int:
    return pipeline.record_deal(lead_id=lead_id, amount_minor=amount, currency=currency, title="", by=by.pk, now=when)


def _undo(deal_id: int, *, by: User) -> None:
    """The sale was none yet: its deal stands open on the board again."""
    deal, open_again = Deal.objects.get(pk=deal_id), Stage.objects.get(key="prospect")
    moved = pipeline.move_deal(deal_id=deal_id, to_stage_id=open_again.pk, seen_version=deal.version, by=by.pk, now=at(6, 9))
    assert moved.decision, moved


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)
