"""Letters promised elsewhere: which topic of a newsletter keeps what the box of another magnet says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets.kinds.newsletter import Topic
from leadstone.domains.newsletters.queries import boxes, letters
from leadstone.domains.newsletters.queries.boxes import BoxFacts
from leadstone.domains.newsletters.queries.letters import NewsletterFacts
from leadstone.domains.newsletters.rules import Refusal
from leadstone.domains.newsletters.services import keeping
from leadstone.studio.newsletters import words
from leadstone.studio.shell.gate import actor, needs


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One box as the table shows it; `kept_by` names another newsletter that keeps it."""

    box: BoxFacts
    chosen: str
    kept_by: str
    topics: Sequence[Topic]


@require_safe
@needs(Right.WRITE_LETTERS)
def page(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Every magnet whose form promises letters, and the topic that keeps it."""
    known = _newsletter(magnet_id)
    titles = {each.magnet_id: each.title for each in letters.newsletters()}
    rows = [
        BoxRow(
            box=box,
            chosen=box.topic if box.newsletter_id == magnet_id else "",
            kept_by=titles.get(box.newsletter_id, "") if box.newsletter_id not in (None, magnet_id) else "",
            topics=known.settings.topics,
        )
        for box in boxes.boxes()
    ]
    return render(request, "newsletters/promised.html", {"newsletter": known, "rows": rows})


@require_POST
@needs(Right.WRITE_LETTERS)
def keep(request: HttpRequest, magnet_id: int, source_id: int) -> HttpResponse:
    """Choose the topic of one box, in the form or (to undo) in the address; it holds at once, and can be undone."""
    _newsletter(magnet_id)
    before = boxes.box(source_id)
    topic = request.POST.get("topic", request.GET.get("topic", ""))
    kept = keeping.keep_box(source_id=source_id, magnet_id=magnet_id, topic=topic, by=actor(request).pk, now=timezone.now())
    if before is None or not kept:
        messages.error(request, str(words.REFUSED[Refusal(str(kept.because))]))
    else:
        undo = reverse("newsletter_box", args=[magnet_id, source_id]) + "?" + urlencode({"topic": before.topic})
        messages.success(request, _said(before, topic=topic), extra_tags=undo)
    return redirect("newsletter_boxes", magnet_id)


def _said(box: BoxFacts, *, topic: str) -> str:
    if not topic:
        return _("Nobody gets letters by this box any more.")
    return ngettext(
        "%(n)s person gets the letters of this topic from now on.",
        "%(n)s people get the letters of this topic from now on.",
        box.people,
    ) % {"n": box.people}


def _newsletter(magnet_id: int) -> NewsletterFacts:
    known = letters.newsletter(magnet_id)
    if known is None:
        raise Http404
    return known
