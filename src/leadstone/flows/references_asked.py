"""An id came alone: the provider's own server is asked who it is, by the access token of the door, until it tells.

Trouble that is the door's own (a token that has run out, too many questions) is no fault of those who wait there: nobody is given
up for it, and whoever made the door is told.
"""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.access import queries as access
from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.inbound import queries, services
from leadstone.domains.inbound.queries import DoorFacts, Kept
from leadstone.domains.inbound.rules import NEEDS_SOMEBODY, Because, Provider, State, Told, Trouble, Unreadable, retry_at
from leadstone.domains.inbound.rules.asking import asks_from
from leadstone.domains.inbound.services import Fate, doors
from leadstone.infra.outbound import Answered, Caps, Outbound, Result

log = structlog.get_logger()

CAPS = Caps(seconds=10, answer_bytes=256 * 1024)


class _Untold(Exception):
    """The server told nothing: for a reason of the door's own (`trouble`), or only of this one person."""

    def __init__(self, *, trouble: Trouble | None = None, retry_after: str = "", because: Because = Because.NOT_TOLD) -> None:
        super().__init__(trouble or because)
        self.trouble = trouble
        self.retry_after = retry_after
        self.because = because


def ask_after(kept: Kept, door: DoorFacts, provider: Provider, outbound: Outbound | None, *, now: datetime) -> Kept | None:
    """The delivery with what the provider's own server told; None when it waits, or comes to nothing as the door stands."""
    token = queries.token_of(door.door_id)
    if not token or outbound is None:
        services.settle(kept.delivery_id, Fate(state=State.REFUSED, because=Because.NO_DATA))
        return None
    try:
        told = _told(kept, provider, _Line(outbound, provider, token))
    except _Untold as untold:
        _note(kept, door, untold, now=now)
        return None
    services.note_fetched(kept.delivery_id, told, now=now)
    if door.trouble is not None:
        end_trouble(door.door_id, now=now)
    return queries.kept(kept.delivery_id)


@transaction.atomic
def end_trouble(door_id: int, *, now: datetime) -> None:
    """It is told again: the task that minded it is done."""
    task_id = doors.end_trouble(door_id)
    if task_id is not None:
        activities.finish(activity_id=task_id, outcome=Outcome.DONE, now=now)


class _Line:
    """Questions to one provider's own server, each with the door's token."""

    def __init__(self, outbound: Outbound, provider: Provider, token: str) -> None:
        self._outbound = outbound
        self._provider = provider
        self._headers = provider.fetch_headers(token=token)

    def body(self, address: str) -> bytes:
        """What it answers; raises `_Untold`."""
        answer = self._outbound.send("GET", address, headers=self._headers, caps=CAPS)
        if isinstance(answer, Answered) and answer.status == 200 and answer.complete:
            return answer.body
        raise self._untold(answer)

    def _untold(self, answer: Result) -> _Untold:
        if not isinstance(answer, Answered):
            return _Untold(trouble=Trouble.SILENT)
        trouble = self._provider.trouble(answer.status, answer.body)
        refused = 400 <= answer.status < 500
        return _Untold(
            trouble=trouble,
            retry_after=answer.headers.get("retry-after", ""),
            because=Because.TURNED_DOWN if refused and trouble is None else Because.NOT_TOLD,
        )


def _told(kept: Kept, provider: Provider, line: _Line) -> Told:
    """What is told of one person, in one answer or two; raises `_Untold`."""
    try:
        first = line.body(kept.fetch)
        told = provider.read_fetched([first])
        if not told.more:
            return told
        try:
            return provider.read_fetched([first, line.body(told.more)])
        except _Untold as untold:
            if untold.trouble not in {None, Trouble.NO_RIGHT}:
                raise
            # The form is not for us to read: what the person said counts, and of boxes without words nothing does.
            log.warning("inbound.no_form", delivery_id=kept.delivery_id)
            return told
    except Unreadable:
        log.warning("inbound.unreadable_answer", delivery_id=kept.delivery_id)
        raise _Untold from None


@transaction.atomic
def _note(kept: Kept, door: DoorFacts, untold: _Untold, *, now: datetime) -> None:
    trouble = untold.trouble
    log.warning("inbound.untold", delivery_id=kept.delivery_id, because=untold.because.value, trouble=trouble and trouble.value)
    if trouble is not None:
        until = asks_from(trouble, retry_after=untold.retry_after, now=now)
        if doors.note_trouble(door.door_id, trouble, asks_from=until, now=now):
            _give_task(door, trouble, now=now)
        if trouble is not Trouble.SILENT:
            services.put_off(kept.delivery_id, because=untold.because, until=until)
            return
    again = retry_at(kept.attempts + 1, now=now)
    state = State.WAITING if again else State.FAILED
    services.note_attempt(kept.delivery_id, Fate(state=state, because=untold.because, due_at=again))


def _give_task(door: DoorFacts, trouble: Trouble, *, now: datetime) -> None:
    """Whoever made the door, or else somebody who may change it, finds it among their tasks, once for a trouble."""
    minder = _minder(door)
    if trouble not in NEEDS_SOMEBODY or minder is None or door.trouble_task_id is not None:
        return
    with translation.override(minder.language):
        title = _("Nobody comes in at the door “{door}”").format(door=door.name)
        text = "\n\n".join([_what_to_do(trouble), _("Whoever is announced waits there for up to 90 days. Nobody is lost.")])
    planned = activities.Plan(kind=ActivityKind.TASK, about=About(), owner_id=minder.user_id, title=title, text=text, due_at=now)
    doors.note_task(door.door_id, activity_id=activities.plan(planned, by=minder.user_id, now=now))


def _minder(door: DoorFacts) -> StaffFacts | None:
    maker = access.member(door.made_by_id) if door.made_by_id is not None else None
    if maker is not None and maker.is_active:
        return maker
    return next((each for each in access.staff(active_only=True) if may(each.role, Right.RUN_CAMPAIGNS)), None)


def _what_to_do(trouble: Trouble) -> str:
    if trouble is Trouble.TOKEN_OVER:
        return _("The access token has run out or was taken back. Make a new one there, and put it into the door.")
    if trouble is Trouble.NO_RIGHT:
        return _("The access token may not read leads. Give it that right there, or put another one into the door.")
    return _("The service no longer speaks the version of its API that we use. Name a newer one in the settings of the server.")
