"""Deals for the tests of figures: rows as the board would have left them, with their history."""

from datetime import date, datetime, timedelta

from leadstone.domains.access.models import User
from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline.models import CloseReason, Deal, Stage, StageChange
from leadstone.domains.pipeline.rules import StageClass
from tests.cast import ask, published

OPEN = ("prospect", "need", "offer")


def a_lead(*, at: datetime, name: str = "", company: str = "") -> Lead:
    """Somebody who asked for a guide of their own."""
    guide = published(at=at)
    who = ask(guide, f"someone{guide.magnet_id}@example.com", now=at, name=name, company=company)
    return Lead.objects.get(pk=who.lead_id)


def a_deal(
    *path: tuple[str, datetime],
    lead: Lead | None = None,
    amount: int | None = 100_000,
    currency: str = "PLN",
    close: date | None = None,
    probability: int | None = None,
    owner: User | None = None,
    reason: str = "",
    title: str = "",
    touched: datetime | None = None,
) -> Deal:
    """A deal that went through the stages of `path` (key, when), the last of which it stands in."""
    stages = {stage.key: stage for stage in Stage.objects.all()}
    (_first, opened), (last, entered) = path[0], path[-1]
    where, lead = stages[last], lead or a_lead(at=opened)
    deal = Deal.objects.create(
        lead=lead,
        contact_id=lead.contact_id,
        company_id=lead.company_id,
        owner=owner,
        title=title,
        stage=where,
        amount_minor=amount,
        currency=currency,
        expected_close=close,
        manual_probability=probability,
        opened_at=opened,
        entered_stage_at=entered,
        touched_at=touched or entered,
        won_at=entered if where.stage_class == StageClass.WON.value else None,
        lost_at=entered if where.stage_class == StageClass.LOST.value else None,
        close_reason=CloseReason.objects.get(key=reason) if reason else None,
    )
    before = None
    for key, at in path:
        StageChange.objects.create(deal=deal, before=before, after=stages[key], at=at)
        before = stages[key]
    return deal


def many_deals(now: datetime, *, owner: User | None = None) -> None:
    """A pipeline in which every kind of figure is more than nothing: two currencies, no day, no value, overdue, straight."""
    today, lead = now.date(), a_lead(at=now - timedelta(days=300), name="Ann Nowak", company="Młyn Sztuki")
    for number in range(8):
        stage, close = OPEN[number % 3], today + timedelta(days=17 * number)
        a_deal(
            (stage, now - timedelta(days=3 + number * 9)), lead=lead, amount=100_033 + 77_777 * number, close=close, owner=owner
        )
    a_deal(("offer", now - timedelta(days=2)), lead=lead, amount=5_000_050, close=today, probability=90)
    a_deal(("offer", now - timedelta(days=40)), lead=lead, amount=333_333, close=today - timedelta(days=1))
    a_deal(("need", now - timedelta(days=40)), lead=lead, amount=250_001)
    a_deal(("need", now - timedelta(days=4)), lead=lead, amount=None, close=today)
    a_deal(("prospect", now - timedelta(days=4)), lead=lead, amount=900_000, close=today + timedelta(days=400))
    a_deal(("need", now - timedelta(days=4)), lead=lead, amount=40_000, currency="EUR", close=today)
    for number in range(7):
        ended, days = now - timedelta(days=number * 11, hours=1), 9 + number * 4
        path = (("prospect", ended - timedelta(days=days)), ("offer", ended - timedelta(days=days // 2)), ("won", ended))
        a_deal(*path, lead=lead, amount=120_001 + 10_000 * number, owner=owner, reason=("good_price", "", "known_us")[number % 3])
    for number in range(6):
        ended = now - timedelta(days=number * 23, hours=2)
        path = ((OPEN[number % 2], ended - timedelta(days=20)), ("lost", ended))
        a_deal(*path, lead=lead, amount=200_000 + number, reason=("too_dear", "no_budget", "")[number % 3])
    a_deal(("won", now - timedelta(days=5)), lead=lead, amount=70_000, owner=owner)
    a_deal(("won", now - timedelta(days=6)), lead=lead, amount=30_000, currency="EUR")
