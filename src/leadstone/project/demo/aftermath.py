"""What the salespeople made of the leads: owners, statuses, and sales for every magnet but one."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries, services
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import Because, LeadFilter, Status
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline import services as pipeline
from leadstone.kernel.money import Currency
from leadstone.project.demo.catalogue import MAGNETS, TRAP

AUDIT_MINOR = 129_000
BY_HAND = ""  # in place of the slug of a magnet
DESIGN_MINOR = (480_000, 620_000, 740_000, 960_000)
STILL_WAITING = 11  # the newest leads, whomever they asked; everybody before them was answered
NEWEST_GUESTS = 3  # of those who came for something else than a file
BACK_AMONG_BUYERS = 0.55
SETTLED_AFTER = timedelta(days=30)  # by then nobody is still being called
WEIGHTS = {  # what became of a lead that did not buy: lately, and long ago
    False: {Status.WORKING: 46, Status.QUALIFIED: 14, Status.NURTURING: 28, Status.DISQUALIFIED: 12},
    True: {Status.QUALIFIED: 8, Status.NURTURING: 58, Status.DISQUALIFIED: 34},
}
TRAP_WEIGHTS = {Status.DISQUALIFIED: 93, Status.NURTURING: 7}
NOTES = {
    "pl": {
        Status.WORKING: ("Po rozmowie, przyśle ofertę.", "Nie odbiera, dzwonię jutro po 17.", "Pyta o termin audytu."),
        Status.QUALIFIED: ("Właściciel domu, decyzja w tym roku.", "Ma budżet, czeka na wycenę."),
        Status.NURTURING: ("Decyzja na wiosnę.", "Najpierw ociepla strop.", "Wróci po sezonie grzewczym."),
        Status.DISQUALIFIED: ("Mieszka w bloku.", "Kupił już gdzie indziej.", "Szukał materiałów do szkoły."),
    },
    "en": {
        Status.WORKING: ("Called, sends the quote.", "No answer, calling again after five.", "Asks when we could measure."),
        Status.QUALIFIED: ("Owns the house, decides this year.", "Has a budget, waits for our price."),
        Status.NURTURING: ("Decides in spring.", "Insulates the attic first.", "Comes back after the heating season."),
        Status.DISQUALIFIED: ("Lives in a flat.", "Already bought elsewhere.", "Lives abroad."),
    },
}
REASONS = {
    Status.NURTURING: (Because.NOT_NOW, Because.NOT_NOW, Because.NO_BUDGET, Because.NO_ANSWER),
    Status.DISQUALIFIED: (Because.NO_NEED, Because.BOUGHT_ELSEWHERE, Because.NOT_REAL, Because.WRONG_PERSON),
}
COMES_BACK_AFTER = (9, 20, 34, 60, 90, 120)  # days from today
TRAP_NOTES = {
    Status.DISQUALIFIED: ("Wanted the prize.", "The number does not exist.", "Has no house."),
    Status.NURTURING: ("Perhaps later.",),
}


def sales_and_statuses(*, emil: int, dora: int, chance: random.Random, now: datetime) -> None:
    """Give every lead but the newest its owner and status, and the honest magnets their customers."""
    slugs = {magnet.pk: magnet.slug for magnet in magnets.magnets()}
    by_slug: dict[str, list[LeadLine]] = defaultdict(list)
    in_order = sorted(queries.each_lead(LeadFilter(), reader=THE_HOUSE), key=lambda line: line.opened_at)
    for line in in_order[:-STILL_WAITING]:
        by_slug[slugs[line.magnet_id] if line.magnet_id is not None else BY_HAND].append(line)
    leads_of = Counter(line.contact_id for line in in_order)
    customers: set[int | None] = set()
    for magnet in MAGNETS:
        lines = by_slug[magnet.slug]
        free = [line for line in lines if line.contact_id not in customers]
        buyers = _buyers(free, magnet.customers, leads_of, chance, now=now)
        customers |= {line.contact_id for line in buyers}
        for line in buyers:
            _sell(line, by=emil, language=magnet.definition.language, chance=chance, now=now)
        bought = {line.lead_id for line in buyers}
        for line in lines:
            if line.lead_id not in bought:
                by = emil if chance.random() < 0.8 else dora
                _look_at(line, by=by, language=magnet.definition.language, trap=magnet is TRAP, chance=chance, now=now)
    for line in by_slug[BY_HAND]:
        _look_at(line, by=emil, language="pl", trap=False, chance=chance, now=now)


def guests_of_other_kinds(*, emil: int, dora: int, chance: random.Random, now: datetime) -> None:
    """Whoever came for a quiz, a code, a parcel or letters, or by no form, was called as well, all but the newest few."""
    downloads = {magnet.slug for magnet in MAGNETS}
    slugs = {magnet.pk: magnet.slug for magnet in magnets.magnets()}
    waiting = [
        line
        for line in queries.each_lead(LeadFilter(status=Status.NEW), reader=THE_HOUSE)
        if line.magnet_id is None or slugs[line.magnet_id] not in downloads
    ]
    for line in sorted(waiting, key=lambda line: line.opened_at)[:-NEWEST_GUESTS]:
        _look_at(line, by=emil if chance.random() < 0.7 else dora, language="pl", trap=False, chance=chance, now=now)


def _buyers(
    lines: list[LeadLine], number: int, leads_of: Mapping[int | None, int], chance: random.Random, *, now: datetime
) -> list[LeadLine]:
    """People with a proven mailbox who had two weeks to decide; who came back buys rather than who was here once."""
    ripe = [line for line in lines if line.proven and now - line.opened_at > timedelta(days=14)]
    back = [line for line in ripe if leads_of[line.contact_id] > 1]
    chosen = chance.sample(back, min(ceil(number * BACK_AMONG_BUYERS), len(back)))
    others = [line for line in ripe if line not in chosen]
    return chosen + chance.sample(others, min(number - len(chosen), len(others)))


def _sell(line: LeadLine, *, by: int, language: str, chance: random.Random, now: datetime) -> None:
    notes = NOTES[language]
    services.assign_owner(lead_id=line.lead_id, owner_id=by)
    at = line.opened_at + timedelta(days=chance.randint(1, 3), hours=chance.randint(1, 5))
    services.move(lead_id=line.lead_id, to=Status.WORKING, by=by, now=at, note=notes[Status.WORKING][-1])
    is_audit = chance.random() < 0.7
    pipeline.record_deal(
        lead_id=line.lead_id,
        amount_minor=AUDIT_MINOR if is_audit else chance.choice(DESIGN_MINOR),
        currency=Currency.PLN,
        title="Audyt cieplny" if is_audit else "Projekt instalacji z pompą ciepła",
        by=by,
        now=min(at + timedelta(days=chance.randint(5, 10)), now),
    )


def _look_at(line: LeadLine, *, by: int, language: str, trap: bool, chance: random.Random, now: datetime) -> None:
    """Somebody called or wrote within two days, and wrote down what came of it."""
    at = min(line.opened_at + timedelta(hours=chance.randint(3, 34)), now)
    weights = TRAP_WEIGHTS if trap else WEIGHTS[now - line.opened_at > SETTLED_AFTER]
    notes = TRAP_NOTES if trap else NOTES[language]
    to = chance.choices(tuple(weights), tuple(weights.values()))[0]
    services.assign_owner(lead_id=line.lead_id, owner_id=by)
    note = chance.choice(notes[to])
    because = chance.choice(REASONS[to]) if to in REASONS else None
    if to is Status.NURTURING:
        on = max(at.date(), now.date()) + timedelta(days=chance.choice(COMES_BACK_AFTER))
        services.put_back(lead_id=line.lead_id, on=on, because=because, note=note, by=by, today=at.date(), now=at)
    elif to is Status.DISQUALIFIED:
        services.give_up(lead_id=line.lead_id, because=because, note=note, by=by, now=at)
    else:
        services.move(lead_id=line.lead_id, to=Status.WORKING, by=by, now=at, note=note)
