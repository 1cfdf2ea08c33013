"""What the salespeople did and plan: calls where the law lets them, else what people said when they rang or wrote themselves."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries, services
from leadstone.domains.activities.rules import About, ActivityKind, Outcome, at_wall
from leadstone.domains.activities.services import Call, Plan
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.rules import LeadFilter, Status

WARSAW = ZoneInfo("Europe/Warsaw")
MOST_TOLD = 90  # leads with a story, the latest; before them nobody looks
MOST_CALLS = 5  # promised by each of them
STORIES: Mapping[str, Mapping[Status, Sequence[str]]] = {
    "pl": {
        Status.WORKING: (
            "Zadzwonił sam: dom z 1984 roku, kocioł na gaz, chce wiedzieć, czy pompa da radę bez wymiany grzejników.",
            "Odpisała na maila. Prosi o termin audytu po 15.",
            "Przysłał rachunki za gaz: 9 400 zł rocznie, 168 m².",
            "Decyduje z żoną, wraca z delegacji w piątek.",
            "Ma już jedną wycenę, chce porównać z naszą.",
        ),
        Status.QUALIFIED: (
            "Właściciel, budżet 45 tys., chce zdążyć przed zimą.",
            "Po wizji lokalnej: dach na południe, miejsce na jednostkę jest.",
        ),
        Status.NURTURING: ("Prosi o kontakt po sezonie grzewczym.", "Najpierw ociepla strop, potem wróci do pompy."),
        Status.DISQUALIFIED: ("Mieszka w bloku, ogrzewanie miejskie.", "Kupił u konkurencji w zeszłym tygodniu."),
    },
    "en": {
        Status.WORKING: (
            "Rang us: house of 1984, gas boiler, asks whether the radiators can stay.",
            "Answered the mail and asks for an audit after three.",
            "Sent the gas bills: PLN 9,400 a year for 168 m².",
            "Has another quote and wants to compare.",
        ),
        Status.QUALIFIED: ("Owns the house, has 45,000 set aside, wants it done before winter.",),
        Status.NURTURING: ("Asks us to come back after the heating season.",),
        Status.DISQUALIFIED: ("Lives in a flat with district heating.",),
    },
}
TASKS: Mapping[str, Sequence[str]] = {
    "pl": (
        "Wysłać ofertę na audyt",
        "Odpisać w sprawie grzejników",
        "Sprawdzić dotację „Czyste Powietrze”",
        "Policzyć wariant z fotowoltaiką",
        "Przypomnieć o rachunkach za gaz",
        "Umówić pomiar",
    ),
    "en": (
        "Send the quote for the audit",
        "Answer about the radiators",
        "Work out the variant with solar panels",
        "Ask for the gas bills",
    ),
}
MEETINGS: Mapping[str, str] = {"pl": "Wizja lokalna", "en": "Look at the house"}
PLACES = ("Poznań, ul. Grunwaldzka 112", "Warszawa, ul. Wiertnicza 45", "Luboń, ul. Sobieskiego 9", "Piaseczno, ul. Leśna 3")
# When Emil's open things are due: days from today and the time of day, nearest first; two of them are overdue.
DUE = (
    (-2, time(10, 0)),
    (-1, time(15, 30)),
    (0, time(9, 0)),
    (0, time(11, 30)),
    (0, time(14, 0)),
    (0, time(16, 0)),
    (1, time(9, 0)),
    (1, time(12, 0)),
    (2, time(10, 30)),
    (3, time(9, 0)),
    (5, time(13, 0)),
    (8, time(9, 0)),
    (12, time(10, 0)),
    (20, time(9, 0)),
)
CALL_NOTES = {
    "pl": ("Umawiamy się na pomiar.", "Prosi o wycenę mailem.", "Oddzwoni po rozmowie z bratem."),
    "en": ("We agreed on a measurement.", "Asks for the quote by mail.", "Rings back after talking to his brother."),
}


def tell_activities(staff: Mapping[str, int], *, chance: random.Random, now: datetime) -> None:
    """Give the latest leads their calls, notes and meetings, and the salespeople something to do. `staff`: key → user id."""
    owned = [line for line in leads.each_lead(LeadFilter(), reader=THE_HOUSE) if line.owner_id is not None]
    answers = queries.call_answers([line.lead_id for line in owned], on=now.date())
    for line in owned[:MOST_TOLD]:
        language = "en" if chance.random() < 0.25 else "pl"
        _what_was_said(line, language, chance=chance, now=now)
        if answers[line.lead_id].phone is not None:
            _calls(line, language, chance=chance, now=now)
        if line.status is Status.QUALIFIED:
            _visit(line, language, chance=chance, now=now)
    for key in ("emil", "dora"):
        mine = [line for line in owned if line.owner_id == staff[key] and line.status in (Status.WORKING, Status.QUALIFIED)]
        # The nearest hours are those of promised calls; what has no leave to call is done after them.
        called = [line for line in mine if line.status is Status.WORKING and answers[line.lead_id].phone is not None][:MOST_CALLS]
        mine = [*called, *(line for line in mine if line not in called)]
        due = DUE if key == "emil" else DUE[2::3]
        for line, (days, clock) in zip(mine, due, strict=False):
            due_at = at_wall(now.astimezone(WARSAW).date() + timedelta(days=days), clock, WARSAW)
            _to_do(line, due_at, may_call=answers[line.lead_id].phone is not None, chance=chance, now=now)


def _what_was_said(line: LeadLine, language: str, *, chance: random.Random, now: datetime) -> None:
    told = STORIES[language].get(line.status, ())
    if told:
        at = min(line.opened_at + timedelta(hours=chance.randint(4, 60)), now - timedelta(minutes=chance.randint(20, 300)))
        services.write_note(about=About(lead_id=line.lead_id), text=chance.choice(told), by=line.owner_id or 0, now=at)


def _calls(line: LeadLine, language: str, *, chance: random.Random, now: datetime) -> None:
    """Nobody answers at first; a day later somebody does."""
    first = min(line.opened_at + timedelta(hours=5), now - timedelta(hours=26))
    for outcome, note, at in (
        (Outcome.NO_ANSWER, "", first),
        (Outcome.REACHED, chance.choice(CALL_NOTES[language]), first + timedelta(hours=24)),
    ):
        call = Call(about=About(lead_id=line.lead_id), outcome=outcome, note=note)
        services.log_call(call, by=line.owner_id or 0, now=at)


def _visit(line: LeadLine, language: str, *, chance: random.Random, now: datetime) -> None:
    """Somebody came to look at the house, or will."""
    days = chance.choice((-9, -4, -2, 2, 6))
    begins = at_wall(now.astimezone(WARSAW).date() + timedelta(days=days), time(chance.randint(9, 16)), WARSAW)
    visit = Plan(
        kind=ActivityKind.MEETING,
        about=About(lead_id=line.lead_id),
        owner_id=line.owner_id or 0,
        title=MEETINGS[language],
        due_at=begins,
        ends_at=begins + timedelta(minutes=90),
        place=chance.choice(PLACES),
    )
    meeting_id = services.plan(visit, by=line.owner_id or 0, now=min(begins, now) - timedelta(days=3))
    if begins < now:
        services.finish(activity_id=meeting_id, outcome=Outcome.HELD, now=begins + timedelta(hours=2))


def _to_do(line: LeadLine, due_at: datetime, *, may_call: bool, chance: random.Random, now: datetime) -> None:
    language = "en" if chance.random() < 0.2 else "pl"
    task = Plan(
        kind=ActivityKind.CALL if may_call else ActivityKind.TASK,
        about=About(lead_id=line.lead_id),
        owner_id=line.owner_id or 0,
        title="" if may_call else chance.choice(TASKS[language]),
        due_at=due_at,
    )
    services.plan(task, by=line.owner_id or 0, now=min(now, due_at) - timedelta(hours=20))
