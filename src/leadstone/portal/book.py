"""Choosing a time and booking it. A GET changes nothing; the POST holds the time and keeps the form, both or neither."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.bookings import queries as bookings
from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.rules import Refusal
from leadstone.domains.bookings.rules.times import nearest
from leadstone.domains.bookings.services import Held
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings, settings_of
from leadstone.flows.booked import time_chosen
from leadstone.kernel.ids import new_ref
from leadstone.kernel.language import Language
from leadstone.portal import book_form, book_times
from leadstone.portal.book_form import Sent
from leadstone.portal.book_offer import not_offered
from leadstone.portal.book_times import Slot
from leadstone.portal.frame import from_our_own_page, language_of, moment, not_ready, page, pages, see_other
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.definition import AskedField, FieldKey
from leadstone.wire.pages import Pages
from leadstone.wire.pages.areas.bookings import words
from leadstone.wire.pages.areas.bookings.chosen import moment_named, name_of
from leadstone.wire.pages.form_view import FormView
from leadstone.wire.pages.phrases import translations

KIND = "consultation"
MOST_NEAR = 6
LONGEST_ORIGIN = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request is about."""

    renderer: Pages
    magnet: PublishedMagnet
    settings: ConsultationSettings
    language: Language
    zone: str
    now: datetime

    @property
    def slug(self) -> str:
        return self.magnet.slug

    @property
    def version(self) -> PublishedVersion:
        return self.magnet.current

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.settings.minutes)

    def address(self, path: str, **more: str) -> str:
        """A page of this magnet with the language and the clock that were chosen."""
        query = {"lang": self.language.value, "zone": self.zone, **more}
        return f"/book/{self.slug}{path}?{urlencode({name: value for name, value in query.items() if value})}"


def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """GET `/book/{slug}`: free times by day."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    asked = _asked(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    origin = request.GET.get("origin", "")[:LONGEST_ORIGIN]
    shown = book_times.times(
        lambda since, until: hosts.times_left(asked.settings, since=since, until=until, now=asked.now),
        zone=asked.zone,
        since=request.GET.get("from", ""),
        language=asked.language,
        lasts=asked.lasts,
        now=asked.now,
        action=f"/book/{slug}",
        kept={name: value for name, value in (("lang", asked.language.value), ("origin", origin)) if value},
        href=lambda at: asked.address("/form", at=name_of(at), origin=origin),
    )
    gettext = translations(asked.language).gettext
    html = asked.renderer.render(
        "bookings/times.html",
        language=asked.language,
        magnet=asked.version.definition,
        heading=gettext(words.CHOOSE),
        times=shown,
        back=f"/m/{slug}?lang={asked.language}",
    )
    return page(html)


def form(request: HttpRequest, slug: str) -> HttpResponse:
    """GET and POST `/book/{slug}/form?at=…`: 303 to the thank-you page once the time is held; 409 when it is taken."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    asked = _asked(request, slug)
    if isinstance(asked, HttpResponse):
        return asked
    at = moment_named((request.method == "POST" and request.POST.get("at")) or request.GET.get("at", ""))
    if at is None:
        return see_other(asked.address(""))
    if request.method == "POST":
        return _receive(request, asked, at)
    origin = request.GET.get("origin", "")[:LONGEST_ORIGIN]
    taken = not _is_free(asked, at)
    return _form_page(
        asked, at, _view(asked, at, origin=origin), because=Refusal.TAKEN if taken else None, status=409 if taken else 200
    )


def _receive(request: HttpRequest, asked: Asked, at: datetime) -> HttpResponse:
    if not from_our_own_page(request):
        return page("", status=403)
    sent = book_form.read(request, asked.magnet, language=asked.language, now=asked.now)
    if sent.notice or not sent.checked.accepted:
        return _form_page(asked, at, _again(asked, at, sent), status=422)
    record = sent.record(new_ref())
    held: Held | None = None
    # Most of those who come too late are told so without waiting for the database to write.
    if _is_free(asked, at) or bookings.was_made_by(record.nonce):
        held = time_chosen(record, begins=at, zone=asked.zone, now=asked.now)
    if held is not None and held.decision:
        chosen = urlencode({"lang": asked.language.value, "at": name_of(held.begins or at), "zone": asked.zone})
        return see_other(f"/m/{asked.slug}/thanks/{held.ref}?{chosen}")
    because = held.decision.because if held is not None else Refusal.TAKEN
    if because is Refusal.OVER and not _is_free(asked, at):
        because = Refusal.TAKEN
    status = 429 if because is Refusal.TOO_MANY else 409
    return _form_page(asked, at, _again(asked, at, sent), because=because, status=status)


def _asked(request: HttpRequest, slug: str) -> Asked | HttpResponse:
    """What is asked about, or the answer to whoever asks for something else."""
    renderer = pages()
    if renderer is None:
        return not_ready()
    magnet = next((each for each in renderer.bundle.magnets if each.slug == slug), None)
    if magnet is None or magnet.current.definition.kind != KIND:
        raise Http404
    definition = magnet.current.definition
    language = language_of(request, default=definition.language)
    if not magnet.live:
        return page(renderer.gone(magnet.current, language=language), status=410)
    now = moment(request)
    closed = not_offered(renderer, magnet, language=language, now=now, sent=request.method == "POST")
    if closed is not None:
        return closed
    settings = settings_of(definition)
    given = request.POST.get("zone") or request.GET.get("zone", "")
    return Asked(
        renderer=renderer,
        magnet=magnet,
        settings=settings,
        language=language,
        zone=book_times.zone_asked(given, settings=settings),
        now=now,
    )


def _is_free(asked: Asked, at: datetime) -> bool:
    return at in hosts.times_left(asked.settings, since=at, until=at + timedelta(minutes=1), now=asked.now)


def _again(asked: Asked, at: datetime, sent: Sent) -> FormView:
    """The same form with a fresh token, keeping every word that was typed."""
    return replace(
        _view(asked, at, origin=sent.origin),
        typed={key: sent.value(key) for key in FieldKey},
        ticked=frozenset(sent.ticked),
        errors=sent.checked.errors,
        notice=sent.notice,
    )


def _view(asked: Asked, at: datetime, *, origin: str) -> FormView:
    gettext = translations(asked.language).gettext
    return FormView(
        token=book_form.mint(asked.version.version_id, now=asked.now),
        origin=origin,
        action=asked.address("/form", at=name_of(at)),
        button=gettext(words.BOOK),
        closing=gettext(words.CLOSING),
    )


def _form_page(asked: Asked, at: datetime, view: FormView, *, because: object = None, status: int = 200) -> HttpResponse:
    definition = asked.version.definition
    asks = definition.contract.asks
    if not any(each.key is FieldKey.EMAIL for each in asks):
        asks = (AskedField(key=FieldKey.EMAIL, reason="", required=True), *asks)
    taken = because is Refusal.TAKEN
    html = asked.renderer.render(
        "bookings/form.html",
        language=asked.language,
        magnet=definition,
        slug=asked.slug,
        form=view,
        asks=asks,
        when=book_times.slot(at, zone=asked.zone, language=asked.language, lasts=asked.lasts).label,
        zone_words=book_times.zone_words(asked.zone, at=at, language=asked.language),
        back=asked.address("", origin=view.origin),
        taken=taken,
        nearest=_nearest(asked, at) if taken else [],
        over=because is Refusal.OVER,
        too_many=because is Refusal.TOO_MANY,
    )
    return page(html, status=status)


def _nearest(asked: Asked, at: datetime) -> list[Slot]:
    free = hosts.times_left(asked.settings, since=asked.now, until=asked.now + book_times.LONGEST_AHEAD, now=asked.now)
    return [
        book_times.slot(each, zone=asked.zone, language=asked.language, lasts=asked.lasts)
        for each in nearest(free, to=at, count=MOST_NEAR)
    ]
