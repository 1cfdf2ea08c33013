"""Was the promise of a magnet kept? Counts, the trend week by week, and what people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Reader, Right, may
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants import services as grants_services
from leadstone.domains.grants.queries import RatingWords
from leadstone.domains.grants.rules import LEAST_ANSWERS, Answers, Rating, answers_between, question_days, windows_at
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.kernel.shares import at_least, at_most
from leadstone.studio.needs.trend import picture, weeks_before
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader

MOST_WORDS = 50
RATING = {Rating.YES: gettext_lazy("Yes"), Rating.PARTLY: gettext_lazy("Partly"), Rating.NO: gettext_lazy("No")}
TONE = {Rating.YES: "good", Rating.PARTLY: "warn", Rating.NO: "bad"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many said yes, and between which shares that lies for everybody (90 % interval)."""

    answers: Answers
    least: float
    most: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, with their lead."""

    lead_id: int
    rating: str
    tone: str
    words: str
    at: datetime


@require_safe
@needs(Right.SEE_FIGURES)
def page(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """One magnet's promise over the last sixteen weeks."""
    return render(request, "needs/promise.html", _facts(request, magnet_id))


@require_safe
@needs(Right.EXPORT_LEADS)
def answers_csv(request: HttpRequest, magnet_id: int) -> StreamingHttpResponse:
    """What people in the reader's reach wrote, as a file."""
    _found(magnet_id)
    rows = [each for each, _lead in _in_reach(grants.rating_words(magnet_id=magnet_id), reader=reader(request))]
    return csv_file(request, name="promise", columns=COLUMNS, rows=rows)


@require_POST
@needs(Right.SEE_FIGURES)
def seen(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """The warning was read: it leaves the day and stays on this page."""
    _found(magnet_id)
    if grants_services.note_warning_seen(magnet_id=magnet_id, by=actor(request).pk, now=timezone.now()):
        back = reverse("magnet_promise_unseen", args=[magnet_id])
        messages.success(request, _("Noted. It stands here until the score has recovered."), extra_tags=back)
    return redirect("magnet_promise", magnet_id)


@require_POST
@needs(Right.SEE_FIGURES)
def show_again(request: HttpRequest, magnet_id: int) -> HttpResponse:
    _found(magnet_id)
    grants_services.show_warning_again(magnet_id=magnet_id)
    return redirect("magnet_promise", magnet_id)


def score_of(answers: Answers) -> Score:
    number = answers.number
    return Score(answers, at_least(answers.yes, of=number), at_most(answers.yes, of=number), number >= LEAST_ANSWERS)


def _facts(request: HttpRequest, magnet_id: int) -> dict[str, Any]:
    magnet, now = _found(magnet_id), timezone.now()
    windows = windows_at(now)
    since = datetime.combine(windows.before, time.min, UTC)
    days = grants.ratings_by_day(since=since, magnet_ids=[magnet_id]).get(magnet_id, {})
    weeks = weeks_before(windows.until, since=windows.before)
    trend = [(week, answers_between(days, since=week.first, until=week.after)) for week in weeks]
    kept = grants.kept_promises(magnet_id, since=since)
    words = grants.rating_words(magnet_id=magnet_id, since=since)
    shown = _in_reach(words, reader=reader(request))
    current = magnets.current_version(magnet_id)
    return {
        "magnet": magnet,
        "kept": kept,
        "on_time": kept.in_time + kept.late,
        "on_time_share": kept.in_time / (kept.in_time + kept.late) if kept.in_time + kept.late else None,
        "score": score_of(answers_between(days, since=windows.before, until=windows.until)),
        "recent": score_of(answers_between(days, since=windows.recent, until=windows.until)),
        "trend": trend,
        "picture": picture([(("yes", each.yes), ("partly", each.partly), ("no", each.no)) for _week, each in trend]),
        "least": LEAST_ANSWERS,
        "warned": next(iter(grants.warnings(magnet_id=magnet_id)), None),
        "said": [_said(each, lead_id) for each, lead_id in shown[:MOST_WORDS]],
        "said_number": len(shown),
        "hidden": len(words) - len(shown),
        "asks_after": question_days(current.definition) if current else 0,
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
    }


def _in_reach(words: Sequence[RatingWords], *, reader: Reader) -> list[tuple[RatingWords, int]]:
    """What people wrote whose leads stand in the reader's lists, with the lead of this magnet, else their latest."""
    seen_leads = leads.seen_leads_of_people({each.contact_id for each in words}, reader=reader)
    found = []
    for each in words:
        of_person = seen_leads.get(each.contact_id)
        if of_person:
            found.append((each, of_person.get(each.magnet_id) or next(iter(of_person.values()))))
    return found


def _said(each: RatingWords, lead_id: int) -> Said:
    return Said(lead_id, str(RATING[each.rating]), TONE[each.rating], each.words, each.at)


def _found(magnet_id: int) -> Any:
    magnet = magnets.magnet_or_none(magnet_id)
    if magnet is None:
        raise Http404
    return magnet


COLUMNS: Columns[RatingWords] = (
    (gettext_lazy("When"), lambda row: row.at.isoformat(timespec="seconds")),
    (gettext_lazy("Answer"), lambda row: str(RATING[row.rating])),
    (gettext_lazy("Words"), lambda row: row.words),
)
