"""The day of whoever looks: its queue, and the one person who comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from leadstone.domains.activities.rules import About
from leadstone.domains.agenda import queries as agenda
from leadstone.domains.agenda.queries import Entry, WritingAnswer
from leadstone.domains.agenda.rules import (
    MINUTES,
    Step,
    StepFacts,
    Today,
    minutes_for,
    next_step,
)
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadCard, NoSuchLead
from leadstone.domains.leads.rules import Status
from leadstone.domains.qualification import queries as qualification
from leadstone.studio.activities import panels
from leadstone.studio.activities.panels import CallPanel
from leadstone.studio.leads import card as shown
from leadstone.studio.qualification.words import name_of as point_name
from leadstone.studio.shell.gate import actor, reader
from leadstone.studio.today.suggesting import language_of, opening_of, told_of
from leadstone.studio.today.words import (
    OPENS_WITH,
    STEP,
    URGENT,
    reason_words,
    reasons_words,
    sentence,
)
from leadstone.studio.today.writing import WritePanel, write_panel
from leadstone.studio.words.leads import CHANNEL
from leadstone.studio.words.timeline import Line
from leadstone.wire.definition import MagnetDefinition

AFTER = 8  # lines of the queue beside the card


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One line of "After this"."""

    lead_id: int
    name: str
    reasons: str
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The one step, and the one sentence. `language` is that of the person."""

    step: Step
    words: str
    sentence: str
    opens_with: str
    minutes: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever comes first, with everything that the card says."""

    card: LeadCard
    name: str
    under_name: str
    why: str
    urgent: bool
    reasons: str
    story: Sequence[Line]
    triple: Sequence[shown.FactorShown]
    definition: MagnetDefinition | None
    suggestion: Suggestion
    call: CallPanel
    write: WritePanel
    established: Sequence[str]
    asked_for: int
    may_promote: bool


def today_of(now: datetime) -> Today:
    """The day that the reader's clock shows (their zone is active)."""
    zone = timezone.get_current_timezone()
    day = now.astimezone(zone).date()
    begins = datetime.combine(day, time.min, zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    return Today(now=now, begins=begins, ends=ends, day=day)


def queue_of(request: HttpRequest, *, now: datetime) -> list[Entry]:
    return agenda.day_of(actor(request).pk, reader=reader(request), today=today_of(now))


def parted(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What is work today, and whoever only waits for a word that nobody may say to them."""
    work = [entry for entry in entries if not entry.line.out_of_reach]
    return work, [entry for entry in entries if entry.line.out_of_reach]


def minutes_of(entries: Sequence[Entry]) -> int:
    return minutes_for(entry.line for entry in entries)


def lines(entries: Sequence[Entry]) -> list[QueueLine]:
    """The queue in words."""
    return [
        QueueLine(
            lead_id=entry.lead.lead_id,
            name=entry.lead.name or entry.address or entry.lead.magnet_title or str(CHANNEL[entry.lead.channel]),
            reasons=reasons_words(entry.line.reasons),
            urgent=entry.line.reasons[0].why in URGENT,
        )
        for entry in entries
    ]


def person(request: HttpRequest, entry: Entry, *, now: datetime) -> Person | None:
    """The first of the queue; None when a colleague took the lead out of reach a moment ago."""
    try:
        card = leads.lead_card(entry.lead.lead_id, reader=reader(request))
    except NoSuchLead:
        return None
    checklist = qualification.checklist(card.lead_id)
    call = panels.call(request, About(lead_id=card.lead_id), back_to="/")
    writing = agenda.writing_answer(card.lead_id, on=now.date())
    why = entry.line.reasons[0]
    may_call = call.answer is not None and call.answer.phone is not None
    step = next_step(
        StepFacts(
            why=why.why,
            asked=bool(writing.question),
            answered=entry.lead.responded_at is not None,
            may_call=may_call,
            may_write=writing.decision.allowed,
            may_promote=checklist.decision.allowed,
            is_prospect=card.status is Status.QUALIFIED,
        )
    )
    return Person(
        card=card,
        name=shown.name_of(card),
        under_name=shown.under_name(card),
        why=reason_words(why),
        urgent=why.why in URGENT,
        reasons=reasons_words(entry.line.reasons, most=4),
        story=panels.story(request, About(lead_id=card.lead_id), beside=shown.story(card))[:5],
        triple=shown.triple(card),
        definition=card.definition,
        suggestion=_suggestion(entry, card, writing, step=step, may_call=may_call),
        call=call,
        write=write_panel(request, card, why=why.why, may_call=may_call, back_to="/"),
        established=[point_name(each.point) for each in checklist.points if each.established],
        asked_for=len(checklist.points),
        may_promote=checklist.decision.allowed,
    )


def _suggestion(entry: Entry, card: LeadCard, writing: WritingAnswer, *, step: Step, may_call: bool) -> Suggestion:
    reason = entry.line.reasons[0]
    with_question = writing.question if step is Step.ANSWER else ""
    found = opening_of(card, why=reason.why, question=with_question, may_call=may_call)
    language = language_of(card, writing)
    told = told_of(with_question, card, at=reason.at)
    return Suggestion(
        step=step,
        words=str(STEP[step]),
        sentence=sentence(found, told, language=language),
        opens_with=str(OPENS_WITH[found]),
        minutes=MINUTES[step],
        language=language,
    )
