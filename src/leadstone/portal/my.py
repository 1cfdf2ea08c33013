"""The page of a token holder, and what its buttons do. A GET changes nothing; the token in the path is all that is asked for."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.flows import preferences
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.letters import MY_PURPOSE
from leadstone.infra.stored_tokens import queries as stored_tokens
from leadstone.kernel.language import Language
from leadstone.portal.frame import from_our_own_page, language_of, moment, not_ready, page, pages, see_other
from leadstone.portal.person import person_view
from leadstone.portal.topics import own_newsletters
from leadstone.wire.definition import Purpose
from leadstone.wire.records import ExchangeUndone

DONE = ("left", "withdrawn", "deleted", "undone", "topics")


def my_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET `/my/{token}`."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    renderer = pages()
    if renderer is None:
        return not_ready()
    contact_id = _holder(request, token)
    view = person_view(contact_id) if contact_id is not None else None
    if contact_id is None or view is None:
        # The same answer for a wrong, an old and a forgotten link.
        return page(
            renderer.render("portal/closed.html", language=language_of(request, default=renderer.bundle.brand.language)),
            status=404,
        )
    language = _language(request, contact_id)
    done = request.GET.get("done", "")
    return page(
        renderer.render(
            "portal/my.html",
            language=language,
            translated=True,
            person=view,
            here=f"/my/{token}",
            done=done if done in DONE else "",
        )
    )


def leave_everything(request: HttpRequest, token: str) -> HttpResponse:
    """POST `/my/{token}/leave`."""

    def act(contact_id: int) -> str:
        preferences.stop_marketing(contact_id, now=moment(request))
        return "left"

    return _acted(request, token, act)


def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """POST `/my/{token}/withdraw` with `purpose`."""

    def act(contact_id: int) -> str:
        purpose = request.POST.get("purpose", "")
        if purpose in set(Purpose):
            preferences.stop_purpose(contact_id, purpose=Purpose(purpose), now=moment(request))
        return "deleted" if purpose == Purpose.SPECIAL else "withdrawn"

    return _acted(request, token, act)


def choose_letters(request: HttpRequest, token: str) -> HttpResponse:
    """POST `/my/{token}/letters` with `newsletter` and each `topic` that is ticked."""

    def act(contact_id: int) -> str:
        wanted = request.POST.get("newsletter", "")
        own = {str(each.magnet_id): each.magnet_id for each in own_newsletters(contact_id)}
        if wanted in own:
            chosen = request.POST.getlist("topic")
            preferences.choose_topics(contact_id, magnet_id=own[wanted], topics=chosen, now=moment(request))
        return "topics"

    return _acted(request, token, act)


def undo(request: HttpRequest, token: str) -> HttpResponse:
    """POST `/my/{token}/undo` with `grant`: only an exchange of the token's own holder can be undone."""

    def act(contact_id: int) -> str:
        wanted = request.POST.get("grant", "")
        own = {str(row.key): row.key for row in grants.grants_of(contact_id)}
        key: UUID | None = own.get(wanted)
        if key is not None:
            now = moment(request)
            exchanges_undone([ExchangeUndone(at=int(now.timestamp() * 1000), grant_key=str(key))], now=now)
        return "undone"

    return _acted(request, token, act)


def _acted(request: HttpRequest, token: str, act: Callable[[int], str]) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not from_our_own_page(request):
        return page("", status=403)
    contact_id = _holder(request, token)
    if contact_id is None:
        return see_other(f"/my/{token}")
    done = act(contact_id)
    return see_other(f"/my/{token}?done={done}&lang={_language(request, contact_id)}")


def _holder(request: HttpRequest, token: str) -> int | None:
    subject = stored_tokens.subject_of(token, purpose=MY_PURPOSE, now=moment(request))
    return int(subject) if subject and subject.isdigit() else None


def _language(request: HttpRequest, contact_id: int) -> Language:
    mailbox = contacts.mailboxes([contact_id]).get(contact_id)
    return language_of(request, default=mailbox.language if mailbox else "")
