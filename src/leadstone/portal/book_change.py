"""What a booking's link does: move it, call it off, choose again, give the calendar file. A GET shows, a POST acts."""

from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.bookings import services
from leadstone.domains.bookings.queries import BookingFacts, hosts
from leadstone.domains.bookings.rules import By, Refusal, may_change
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import Place
from leadstone.flows.booked import may_choose_again, time_chosen_again
from leadstone.flows.booking_links import Act, booking_behind, path_of
from leadstone.flows.notices.bookings import invitation_of, meeting_of
from leadstone.infra.calendars.invitation import Party
from leadstone.kernel.decision import Decision
from leadstone.kernel.language import Language
from leadstone.portal import book_times
from leadstone.portal.frame import from_our_own_page, language_of, moment, not_ready, page, pages, see_other
from leadstone.wire.pages import Pages
from leadstone.wire.pages.areas.bookings import words
from leadstone.wire.pages.areas.bookings.chosen import moment_named
from leadstone.wire.pages.phrases import translations

_DONE = {Act.MOVE: "moved", Act.CANCEL: "cancelled", Act.AGAIN: "chosen"}


def move(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST `/book/move/{token}` with `at`."""
    return _answer(request, Act.MOVE, token)


def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST `/book/cancel/{token}`."""
    return _answer(request, Act.CANCEL, token)


def again(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST `/book/again/{token}` with `at`, also when the offer is over."""
    return _answer(request, Act.AGAIN, token)


def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """GET `/book/calendar/{token}`: the invitation as it stands, as a file."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    renderer, facts = pages(), booking_behind(Act.FILE, token)
    if renderer is None:
        return not_ready()
    if facts is None or not facts.agreed:
        raise Http404
    brand = renderer.bundle.brand
    data = invitation_of(
        facts,
        organizer=Party(name=brand.company, address=brand.sender_email),
        attendee=Party(name=brand.company, address=brand.sender_email),
        language=language_of(request, default=facts.language),
        url=renderer.bundle.public_url + path_of(Act.MOVE, facts.key),
        now=moment(request),
        method=None,
    )
    headers = {
        "Content-Disposition": 'attachment; filename="booking.ics"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def shown(facts: BookingFacts, *, language: Language) -> dict[str, str]:
    """A booking as its fragment reads it."""
    meeting = meeting_of(facts, zone=facts.zone, language=language)
    told = facts.agreed  # whose time was called off, or waits for the host, has no business in our room
    where = facts.settings.where
    is_link = facts.settings.place is Place.VIDEO and urlsplit(where).scheme == "https"
    return {
        "title": facts.title,
        "language": facts.language,
        "when": meeting.when,
        "host": meeting.host,
        "place": meeting.place if told else "",
        "place_url": where if told and is_link else "",
        "prepare": meeting.prepare,
        "state_words": translations(language).gettext(words.STATE[facts.state]),
    }


def _answer(request: HttpRequest, act: Act, token: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    renderer, facts = pages(), booking_behind(act, token)
    if renderer is None:
        return not_ready()
    if facts is None:
        raise Http404
    language = language_of(request, default=facts.language)
    if request.method != "POST":
        return _page(request, renderer, act, token, facts, language=language)
    if not from_our_own_page(request):
        return page("", status=403)
    decision = _act(request, act, facts)
    if decision:
        return see_other(f"/book/{act.value}/{token}?lang={language}&done={_DONE[act]}")
    refused = Refusal(decision.because or Refusal.OVER)
    return _page(request, renderer, act, token, facts, language=language, refused=refused)


def _act(request: HttpRequest, act: Act, facts: BookingFacts) -> Decision:
    now = moment(request)
    if act is Act.CANCEL:
        return services.cancel(facts.booking_id, by=By.VISITOR, now=now)
    at = moment_named(request.POST.get("at", ""))
    if at is None:
        return Decision(False, Refusal.TAKEN)
    zone = book_times.zone_asked(request.POST.get("zone", "") or facts.zone, settings=facts.settings)
    if act is Act.AGAIN:
        return time_chosen_again(facts, begins=at, zone=zone, now=now)
    return services.move(facts.booking_id, to=at, zone=zone, now=now)


def _is_open(act: Act, facts: BookingFacts, *, now: datetime) -> bool:
    """Whether the link can still do what it is for."""
    if act is Act.AGAIN:
        return bool(may_choose_again(facts))
    return bool(may_change(facts.state, begins=facts.begins, now=now))


def _times_open(act: Act, facts: BookingFacts, *, since: datetime, until: datetime, now: datetime) -> list[datetime]:
    """A booking that stands moves within its host's calendar; one that came to nothing may go to any host."""
    if act is Act.AGAIN:
        return hosts.times_left(facts.settings, since=since, until=until, now=now)
    return hosts.times_with(facts.host_id, facts.settings, since=since, until=until, now=now, but=facts.booking_id)


def _anew(renderer: Pages, facts: BookingFacts, *, language: Language) -> str:
    """Where another time is chosen instead of this one; empty where none is given."""
    query = urlencode({"lang": language.value, "zone": facts.zone})
    if may_choose_again(facts):
        return f"{path_of(Act.AGAIN, facts.key)}?{query}"
    slug = magnets.slugs([facts.version_id])[facts.version_id]
    live = any(magnet.slug == slug and magnet.live for magnet in renderer.bundle.magnets)
    return f"/book/{slug}?{query}" if live else ""


def _page(
    request: HttpRequest,
    renderer: Pages,
    act: Act,
    token: str,
    facts: BookingFacts,
    *,
    language: Language,
    refused: Refusal | None = None,
) -> HttpResponse:
    gettext, now, here = translations(language).gettext, moment(request), f"/book/{act.value}/{token}"
    is_open = _is_open(act, facts, now=now)
    stands = bool(may_change(facts.state, begins=facts.begins, now=now))
    zone = book_times.zone_asked(request.GET.get("zone", "") or facts.zone, settings=facts.settings)
    done = words.DONE.get(request.GET.get("done", ""))
    html = renderer.render(
        "bookings/change.html",
        language=language,
        translated=True,
        act=act.value,
        open=is_open and not (done and act is Act.MOVE),
        heading=gettext(words.STATE[facts.state]),
        booking=shown(facts, language=language),
        magnet_language=facts.language,
        said=gettext(done) if done and not refused else "",
        refused=_refusal(act, refused, language=language) if refused else "",
        here=f"{here}?lang={language}",
        again="" if is_open or stands else _anew(renderer, facts, language=language),
        times=book_times.times(
            lambda since, until: _times_open(act, facts, since=since, until=until, now=now),
            zone=zone,
            since=request.GET.get("from", ""),
            language=language,
            lasts=timedelta(minutes=facts.settings.minutes),
            now=now,
            action=here,
            kept={"lang": language.value},
            posts=f"{here}?lang={language}",
        )
        if is_open and act in (Act.MOVE, Act.AGAIN)
        else None,
    )
    return page(html, status=409 if refused else 200)


def _refusal(act: Act, refused: Refusal, *, language: Language) -> str:
    said = words.TAKEN_AGAIN if act is Act.AGAIN and refused is Refusal.TAKEN else words.REFUSED[refused]
    return translations(language).gettext(said)
