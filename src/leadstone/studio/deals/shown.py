"""What a card of the board shows: facts from the domain, words from `deals.words`, and a tone that never speaks alone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadstone.domains.pipeline.queries import DealLine
from leadstone.domains.pipeline.rules import StageClass
from leadstone.studio.activities.when import spoken
from leadstone.studio.activities.words import title_of
from leadstone.studio.deals import words


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """One card. `tone`: "late", "today", "due" or "quiet"; `state` says it in words."""

    line: DealLine
    who: str
    what: str
    state: str
    tone: str
    initials: str


def card(line: DealLine, *, now: datetime) -> CardShown:
    state, tone = _state(line, now=now)
    return CardShown(
        line=line,
        who=words.called(line.who),
        what=line.title or line.magnet_title,
        state=state,
        tone=tone,
        initials=words.initials(line.owner_name),
    )


def _state(line: DealLine, *, now: datetime) -> tuple[str, str]:
    """What stands lowest on a card: how a closed deal came about, what is late, what is forgotten, what comes next."""
    if line.stage_class is not StageClass.OPEN:
        return _way(line), "quiet"
    planned = line.planned
    if planned is not None and planned.due_at is not None and planned.due_at < now:
        at = spoken(planned.due_at, now=now)
        return _("Late: %(title)s (%(at)s)") % {"title": title_of(planned), "at": at}, "late"
    if line.rotting:
        return words.stands_here(line.entered_stage_at, line.quiet_since, now=now), "late"
    if planned is None:
        return _("Nothing planned"), "quiet"
    if planned.due_at is None:
        return title_of(planned), "due"
    at = spoken(planned.due_at, now=now)
    today = timezone.localtime(planned.due_at).date() == timezone.localtime(now).date()
    return _("%(title)s: %(at)s") % {"title": title_of(planned), "at": at}, "today" if today else "due"


def _way(line: DealLine) -> str:
    """ "41 days from prospect to order", "After 12 days on the board"."""
    if line.closed_at is None:
        return ""
    days = (line.closed_at - line.opened_at).days
    if line.stage_class is StageClass.LOST:
        return ngettext("After %(n)d day on the board", "After %(n)d days on the board", days) % {"n": days}
    if days < 1:
        return _("Bought at once")
    return ngettext("%(n)d day from prospect to order", "%(n)d days from prospect to order", days) % {"n": days}
