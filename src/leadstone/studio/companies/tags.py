"""What a person is called: shown with who said it, added and taken away by staff."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right
from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.queries import TagFacts
from leadstone.domains.contacts.rules import TagSource
from leadstone.domains.contacts.services import TooManyTags
from leadstone.domains.magnets import queries as magnets
from leadstone.kernel.labels import LONGEST, read_labels
from leadstone.studio.companies.finding import find_person
from leadstone.studio.shell.gate import actor, needs

FIELD = "#new-tag"


@dataclass(frozen=True, slots=True)
class TagShown:
    """One chip."""

    tag_id: int
    name: str


def tags_shown(contact_id: int) -> dict[str, list[TagShown]]:
    """Who says so, in words → what they call the person; each tag once, with everybody who says it."""
    tags = contacts.tags_of([contact_id]).get(contact_id, [])
    sources = _sources(contact_id, tags)
    by_key: dict[str, list[TagFacts]] = {}
    for tag in tags:
        by_key.setdefault(tag.key, []).append(tag)
    shown: dict[str, list[TagShown]] = {}
    for same in by_key.values():
        said = ", ".join(dict.fromkeys(_said_by(each, sources) for each in same))
        shown.setdefault(said, []).append(TagShown(same[0].tag_id, same[0].name))
    return shown


def _sources(contact_id: int, tags: list[TagFacts]) -> dict[tuple[TagSource, str], str]:
    """(source, its ref) → the magnet's title, the colleague's name or the program's."""
    found: dict[tuple[TagSource, str], str] = {}
    if any(tag.source is TagSource.STAFF for tag in tags):
        found |= {(TagSource.STAFF, str(one.user_id)): one.name for one in access.staff()}
    if any(tag.source is TagSource.PROGRAM for tag in tags):
        found |= {(TagSource.PROGRAM, str(one.key_id)): one.name for one in access.api_keys()}
    if any(tag.source is TagSource.ANSWER for tag in tags):
        forms = capture.submissions_of(contact_id)
        whose, titles = magnets.magnet_ids({form.version_id for form in forms}), magnets.titles()
        found |= {(TagSource.ANSWER, form.ref): titles.get(whose[form.version_id], "") for form in forms}
    return found


def _said_by(tag: TagFacts, sources: dict[tuple[TagSource, str], str]) -> str:
    name = sources.get((tag.source, tag.said_ref), "")
    if tag.source is TagSource.STAFF:
        return _("said by %(colleague)s") % {"colleague": name} if name else _("said by one of us")
    if tag.source is TagSource.PROGRAM:
        return _("from the program “%(name)s”") % {"name": name}
    return _("an answer in “%(magnet)s”") % {"magnet": name} if name else _("an answer of theirs")


@require_POST
@needs(Right.WORK_LEADS)
def tag_add(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Call the person what was typed."""
    find_person(request, contact_id)
    names = read_labels(request.POST.get("tag", ""))
    if len(names) != 1 or len(names[0]) > LONGEST:
        messages.error(request, _("One tag at a time, of at most %(letters)s letters, without commas.") % {"letters": LONGEST})
        return _back(request, contact_id, at=FIELD)
    try:
        tag_id = people.add_tag(contact_id, name=names[0], by=actor(request).pk, now=timezone.now())
    except TooManyTags as mistake:
        messages.error(request, _(mistake.sentence).format(**mistake.facts))
        return _back(request, contact_id, at=FIELD)
    if tag_id is None:
        messages.info(request, _("They are tagged so already."))
    else:
        messages.success(
            request, _("Tagged: %(tag)s.") % {"tag": names[0]}, extra_tags=_address(request, "tag_remove", contact_id, tag_id)
        )
    return _back(request, contact_id, at=FIELD)


@require_POST
@needs(Right.WORK_LEADS)
def tag_remove(request: HttpRequest, contact_id: int, tag_id: int) -> HttpResponse:
    """Take the word away; the toast brings it back."""
    find_person(request, contact_id)
    if people.remove_tag(contact_id, tag_id=tag_id, now=timezone.now()):
        messages.success(request, _("The tag is gone."), extra_tags=_address(request, "tag_back", contact_id, tag_id))
    return _back(request, contact_id)


@require_POST
@needs(Right.WORK_LEADS)
def tag_back(request: HttpRequest, contact_id: int, tag_id: int) -> HttpResponse:
    """Undo a removal."""
    find_person(request, contact_id)
    if people.bring_back_tag(contact_id, tag_id=tag_id):
        messages.success(request, _("Undone: the tag is back."))
    return _back(request, contact_id)


def _lead_of(request: HttpRequest) -> int | None:
    """The lead from whose card somebody came."""
    text = request.GET.get("lead", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _address(request: HttpRequest, name: str, *ids: int) -> str:
    lead = _lead_of(request)
    return reverse(name, args=ids) + (f"?lead={lead}" if lead else "")


def _back(request: HttpRequest, contact_id: int, *, at: str = "") -> HttpResponse:
    """The card again; whoever has just added a tag stands in the field of the next one."""
    lead = _lead_of(request)
    return redirect((reverse("lead", args=[lead]) if lead else reverse("person_card", args=[contact_id])) + at)
