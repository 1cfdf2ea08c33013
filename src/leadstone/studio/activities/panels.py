"""What other screens include about activities. The interface is stable: a facts function and a template for each panel.

In a view, for a lead (a contact, a company or a deal likewise; name every id that is known):

    about = About(lead_id=card.lead_id)
    facts = {"activities": panels.of(request, about)}

In its template, wherever the panel belongs:

    {% include "activities/panels/call.html" with panel=activities.call %}      the call and how it went: keys c, then 1 to 8
    {% include "activities/panels/note.html" with panel=activities.note %}      write a note: key o
    {% include "activities/panels/plan.html" with panel=activities.plan %}      plan a task, call or meeting: key p
    {% include "activities/panels/open.html" with panel=activities.open %}      what is planned, each with Done and Tomorrow

The first three are `<details>` that stand in a row of buttons (`.acts`); the last is a list for a card. `activities.call` is
None for what is no lead: then nothing is drawn. A reader without the right to work leads gets no buttons.

The story in words, the latest first, for `studio/leads/_story.html` (`lines=`), merged with lines of the page itself:

    panels.story(request, about, beside=card_lines)                of a lead, a company or a deal
    panels.story_of_contact(request, contact_id)                   of a person: everything that is known, over all leads

Whoever shows a phone number anywhere asks `panels.call_answer(lead_id)` first: `answer.phone` is there only where the law and
the person allow a call; otherwise show `why_not_called(answer)` (`studio.activities.words`) and no digit of the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.http import HttpRequest
from django.utils import timezone

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import queries
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import CALL_OUTCOMES, About, ActivityKind, Outcome
from leadstone.domains.consent.queries.calls import CallAnswer
from leadstone.studio.activities import stories
from leadstone.studio.activities.about import fields_of
from leadstone.studio.activities.forms import NoteForm, PlanForm, usual_time
from leadstone.studio.activities.when import moment_of, spoken, tomorrow
from leadstone.studio.activities.words import OUTCOME, Words, title_of, why_not_called, with_whom
from leadstone.studio.shell.gate import actor, reader
from leadstone.studio.words.timeline import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPanel:
    """The call of a lead: where to, or why not; and the seven ways in which it may end, with their keys."""

    lead_id: int | None
    deal_id: int | None
    answer: CallAnswer | None  # None: about no lead
    why_not: str  # empty where a call is allowed
    outcomes: Sequence[tuple[Outcome, Words, str]]  # outcome, words, key
    planned: "OpenLine | None"  # the planned call that this one is
    next: str
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPanel:
    """A form about something; `fields` are hidden ones."""

    form: NoteForm | PlanForm
    fields: Sequence[tuple[str, int]]
    next: str
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """One planned thing in words."""

    activity_id: int
    kind: ActivityKind
    title: str
    whom: str
    due: str
    late: bool
    mine: bool
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    lines: Sequence[OpenLine]
    next: str
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """All panels about one thing."""

    call: CallPanel | None
    note: FormPanel
    plan: FormPanel
    open: OpenPanel


def of(request: HttpRequest, about: About, *, back_to: str = "") -> Panels:
    """Everything that a screen about `about` may include. `back_to`: where its forms lead; the page itself, unless said."""
    return Panels(
        call=call(request, about, back_to=back_to) if about.lead_id is not None else None,
        note=note(request, about, back_to=back_to),
        plan=plan(request, about, back_to=back_to),
        open=open_ones(request, about, back_to=back_to),
    )


def call(request: HttpRequest, about: About, *, back_to: str = "", planned: ActivityFacts | None = None) -> CallPanel:
    """A call about `about`; `planned` is the one that it fulfils, found for a lead that has one for today."""
    now, mine = timezone.now(), actor(request).pk
    answer = call_answer(about.lead_id, now=now) if about.lead_id is not None else None
    if planned is None and about.lead_id is not None:
        planned = queries.planned_call(about.lead_id, owner_id=mine, until=moment_of(tomorrow(now), time.min))
    return CallPanel(
        lead_id=about.lead_id,
        deal_id=about.deal_id,
        answer=answer,
        why_not=why_not_called(answer) if answer else "",
        outcomes=[(outcome, OUTCOME[outcome], str(key)) for key, outcome in enumerate(CALL_OUTCOMES, start=1)],
        planned=line_of(planned, reader_id=mine, now=now) if planned else None,
        next=back_to or request.get_full_path(),
        may_work=_may_work(request),
    )


def note(request: HttpRequest, about: About, *, back_to: str = "") -> FormPanel:
    """A form for a note about `about`."""
    return FormPanel(
        form=NoteForm(auto_id="note-%s"),
        fields=fields_of(about),
        next=back_to or request.get_full_path(),
        may_work=_may_work(request),
    )


def plan(request: HttpRequest, about: About, *, back_to: str = "") -> FormPanel:
    """A form for a task, a call or a meeting about `about`."""
    return FormPanel(
        form=PlanForm(auto_id="plan-%s", initial=usual_time(timezone.now())),
        fields=fields_of(about),
        next=back_to or request.get_full_path(),
        may_work=_may_work(request),
    )


def open_ones(request: HttpRequest, about: About, *, back_to: str = "") -> OpenPanel:
    """What is planned about `about`, the soonest first."""
    now = timezone.now()
    found = queries.open_activities(about, reader=reader(request))
    return OpenPanel(
        lines=[line_of(facts, reader_id=actor(request).pk, now=now) for facts in found],
        next=back_to or request.get_full_path(),
        may_work=_may_work(request),
    )


def call_answer(lead_id: int, *, now: datetime | None = None) -> CallAnswer:
    """Whether the lead may be called, and where; a number is in it only where it may be dialled."""
    return queries.call_answers([lead_id], on=(now or timezone.now()).date())[lead_id]


def story(request: HttpRequest, about: About, *, beside: Sequence[Line] = ()) -> list[Line]:
    """What staff did about it, in words, merged with `beside`; the latest first."""
    return stories.merged(stories.lines_about(about, reader=reader(request)), beside)


def story_of_contact(request: HttpRequest, contact_id: int) -> list[Line]:
    """Everything that is known about a person whom the reader sees: what they did, what they were told, what staff did."""
    return stories.of_contact(contact_id, reader=reader(request))


def line_of(facts: ActivityFacts, *, reader_id: int, now: datetime) -> OpenLine:
    """A planned activity as lists show it."""
    return OpenLine(
        activity_id=facts.activity_id,
        kind=facts.kind,
        title=title_of(facts),
        whom=with_whom(facts),
        due=spoken(facts.due_at, now=now) if facts.due_at else "",
        late=facts.due_at is not None and facts.due_at < now,
        mine=facts.owner_id == reader_id,
        owner_name=facts.owner_name,
    )


def _may_work(request: HttpRequest) -> bool:
    return may(actor(request).role, Right.WORK_LEADS)
