"""What the salespeople made of the leads: owners, statuses, and sales for every magnet but one."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

from leadstone.domains.leads import queries, services
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import LeadFilter, Status
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline import services as pipeline
from leadstone.kernel.money import Currency
from leadstone.project.demo.catalogue import MAGNETS, TRAP

AUDIT_MINOR = 129_000
DESIGN_MINOR = (480_000, 620_000, 740_000, 960_000)
UNTOUCHED_FOR = timedelta(days=5)  # what came later still waits for somebody
NOTES = {
    Status.WORKING: "Called, sends the quote.",
    Status.NURTURING: "Decides in spring.",
    Status.DISQUALIFIED: "Wanted the prize.",
}


def sales_and_statuses(*, emil: int, dora: int, chance: random.Random, now: datetime) -> None:
    """Give older leads their owner and status, and the honest magnets their customers."""
    slugs = {magnet.pk: magnet.slug for magnet in magnets.magnets()}
    by_slug: dict[str, list[LeadLine]] = defaultdict(list)
    for line in queries.each_lead(LeadFilter()):
        if line.magnet_id is not None:
            by_slug[slugs[line.magnet_id]].append(line)
    for magnet in MAGNETS:
        lines = sorted(by_slug[magnet.slug], key=lambda line: line.opened_at)
        buyers = _buyers(lines, magnet.customers, chance, now=now)
        for line in buyers:
            _sell(line, by=emil, chance=chance, now=now)
        for line in lines:
            if line not in buyers and now - line.opened_at > UNTOUCHED_FOR:
                _look_at(line, trap=magnet is TRAP, by=emil if chance.random() < 0.8 else dora, chance=chance)


def _buyers(lines: list[LeadLine], number: int, chance: random.Random, *, now: datetime) -> list[LeadLine]:
    """People with a proven mailbox who had two weeks to decide."""
    ripe = [line for line in lines if line.proven and now - line.opened_at > timedelta(days=14)]
    return chance.sample(ripe, min(number, len(ripe)))


def _sell(line: LeadLine, *, by: int, chance: random.Random, now: datetime) -> None:
    services.assign_owner(lead_id=line.lead_id, owner_id=by)
    at = line.opened_at + timedelta(days=chance.randint(1, 3), hours=chance.randint(1, 5))
    services.move(lead_id=line.lead_id, to=Status.WORKING, by=by, now=at, note="Asked for an appointment.")
    services.move(
        lead_id=line.lead_id, to=Status.QUALIFIED, by=by, now=at + timedelta(days=2), note="Owns the house, decides this year."
    )
    is_audit = chance.random() < 0.7
    pipeline.record_deal(
        lead_id=line.lead_id,
        amount_minor=AUDIT_MINOR if is_audit else chance.choice(DESIGN_MINOR),
        currency=Currency.PLN,
        title="Audyt cieplny" if is_audit else "Projekt instalacji z pompą ciepła",
        by=by,
        now=min(at + timedelta(days=chance.randint(5, 10)), now),
    )


def _look_at(line: LeadLine, *, trap: bool, by: int, chance: random.Random) -> None:
    at = line.opened_at + timedelta(days=1, hours=chance.randint(1, 8))
    if trap:
        if chance.random() < 0.35:
            services.move(lead_id=line.lead_id, to=Status.DISQUALIFIED, by=by, now=at, note=NOTES[Status.DISQUALIFIED])
        return
    to = chance.choices((None, Status.WORKING, Status.NURTURING, Status.DISQUALIFIED), (40, 24, 26, 10))[0]
    if to is not None:
        services.assign_owner(lead_id=line.lead_id, owner_id=by)
        note = "" if to is Status.DISQUALIFIED else NOTES[to]
        services.move(lead_id=line.lead_id, to=to, by=by, now=at, note=note)
