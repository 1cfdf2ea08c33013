"""Every public page in every state, as the tests and the screenshots see them: name → HTML, and the host that serves them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from leadstone.kernel.language import Language
from leadstone.wire.bundle import BrandFacts, Bundle, PublishedMagnet, PublishedVersion
from leadstone.wire.definition import (
    AskedField,
    AssetFacts,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    MagnetDefinition,
    NextStep,
    Purpose,
)
from leadstone.wire.pages import FormView, Pages
from leadstone.wire.pages.form_view import Notice
from leadstone.wire.pages.pages import STATIC

POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'"
SLUG, TOKEN, REF = "guide", "tok_Zm9vYmFy", "0123456789abcdefABCDEF"
EXPIRES = datetime(2026, 12, 22, 9, 30, tzinfo=UTC)

ENGLISH = MagnetDefinition(
    kind="guide",
    language="en",
    title="Read a heat-pump quote like an engineer",
    promise=(
        "Five lines in every offer decide what you will really pay over fifteen years. "
        "We show you where they are, with three real quotes taken apart."
    ),
    points=(
        "The number that sellers leave out, and how to ask for it",
        "A worksheet to compare up to four offers",
        "When a heat pump is the wrong answer",
    ),
    proof="Own measurements, 41 houses, 2023–2025. Sources and method are on page 16. Updated 3 May.",
    button="Send me the guide",
    contract=Contract(
        you_get="The PDF, for good, and its updates",
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="to send you the guide", required=True),
            AskedField(key=FieldKey.NAME, reason="to greet you by it"),
        ),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="One mail with your link, at once"),
            NextStep(channel=Channel.EMAIL, text="One letter a month about heating costs", purpose=Purpose.NEWSLETTER),
        ),
        sells="We sell heating audits. Nobody calls you: we have no number.",
        scored="From 0 to 100, by what you asked for and ticked, so that we write first to whom it helps",
        without_marketing="Leave the box empty: the guide comes all the same",
        without_email_url="https://example.com/guide",
        retention_months=12,
        deletion="After 12 quiet months, or with one click in the mail",
        consents=(
            ConsentOffer(
                key="newsletter-email",
                purpose=Purpose.NEWSLETTER,
                channel=Channel.EMAIL,
                text="Also send me one letter a month about heating costs.",
            ),
        ),
    ),
    asset=AssetFacts(key="a1", media_type="application/pdf", size_bytes=1_430_000, name="guide.pdf", pages=18),
)
POLISH = MagnetDefinition(
    kind="guide",
    language="pl",
    title="Czytaj ofertę na pompę ciepła jak inżynier",
    promise=(
        "Pięć linijek w każdej ofercie rozstrzyga, ile naprawdę zapłacisz przez piętnaście lat. "
        "Pokazujemy, gdzie ich szukać, na trzech prawdziwych ofertach."
    ),
    points=(
        "Liczba, którą sprzedawcy pomijają, i jak o nią zapytać",
        "Arkusz do porównania nawet czterech ofert",
        "Kiedy pompa ciepła to zła odpowiedź",
    ),
    proof="Własne pomiary, 41 domów, 2023–2025. Źródła i metoda są na stronie 16.",
    button="Przyślijcie mi poradnik",
    contract=Contract(
        you_get="PDF na zawsze, razem z poprawionymi wydaniami",
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="żeby wysłać poradnik", required=True),
            AskedField(key=FieldKey.NAME, reason="żeby zwrócić się po imieniu"),
        ),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="Jeden mail z linkiem, od razu"),
            NextStep(channel=Channel.EMAIL, text="Jeden list w miesiącu o kosztach ogrzewania", purpose=Purpose.NEWSLETTER),
        ),
        sells="Sprzedajemy audyty energetyczne. Nikt nie zadzwoni: nie mamy numeru.",
        scored="Od 0 do 100, według tego, o co prosisz i co zaznaczysz",
        without_marketing="Zostaw pole puste: poradnik przyjdzie tak samo",
        without_email_url="https://example.com/poradnik",
        retention_months=12,
        deletion="Po 12 miesiącach ciszy albo jednym kliknięciem w mailu",
        consents=(
            ConsentOffer(
                key="newsletter-email",
                purpose=Purpose.NEWSLETTER,
                channel=Channel.EMAIL,
                text="Przysyłajcie mi też jeden list w miesiącu o kosztach ogrzewania.",
            ),
        ),
    ),
    asset=AssetFacts(key="a2", media_type="application/pdf", size_bytes=1_430_000, name="poradnik.pdf", pages=18),
)
# Nothing but what must be there: no consent box, no cover, no points.
BARE = MagnetDefinition(kind="tip_sheet", language="en", title="Ten words on an energy bill", button="Send it")
EVERYTHING_ASKED = MagnetDefinition(
    kind="white_paper",
    language="en",
    title="Where the heat goes: measurements from 41 houses",
    button="Send me the paper",
    contract=Contract(
        you_get="The paper and its data",
        asks=tuple(AskedField(key=key, reason="because we say so", required=key is not FieldKey.QUESTION) for key in FieldKey),
    ),
    asset=AssetFacts(key="a4", media_type="application/zip", size_bytes=310_000, name="paper.zip"),
)


def brand(**changed: str) -> BrandFacts:
    facts = {
        "company": "Ciepło Polskie",
        "language": "pl",
        "sender_email": "ola@cieplo.example",
        "postal_address": "ul. Prosta 1, 00-838 Warszawa",
        "privacy_email": "dane@cieplo.example",
        "privacy_url": "https://cieplo.example/privacy",
    }
    return BrandFacts(**{**facts, **changed})


def bundle_of(*definitions: MagnetDefinition, who: BrandFacts | None = None) -> Bundle:
    """A bundle that publishes `definitions`; the first one has the slug `guide`."""
    magnets = tuple(
        PublishedMagnet(
            slug=SLUG if number == 1 else f"magnet-{number}",
            magnet_id=number,
            versions=(PublishedVersion(version_id=number, number=1, definition=definition),),
        )
        for number, definition in enumerate(definitions, start=1)
    )
    return Bundle(
        revision="r1",
        brand=who or brand(),
        magnets=magnets,
        token_verify_key="",
        journal_public_key="",
        public_url="http://127.0.0.1:8120",
    )


@dataclass(frozen=True)
class Gallery:
    """The pages of one bundle in one language."""

    pages: Pages
    language: Language

    @property
    def version(self) -> PublishedVersion:
        wanted = POLISH if self.language is Language.POLISH else ENGLISH
        versions = [magnet.current for magnet in self.pages.bundle.magnets]
        return next((version for version in versions if version.definition is wanted), versions[0])

    def magnet(self, definition: MagnetDefinition | None = None, **view: object) -> str:
        version = self.version if definition is None else PublishedVersion(version_id=9, number=1, definition=definition)
        form = FormView(**{"token": "t", **view})  # type: ignore[arg-type]
        return self.pages.magnet(version, SLUG, language=self.language, form=form)

    def delivery(self, rated: str = "") -> str:
        return self.pages.delivery(
            self.version, SLUG, TOKEN, language=self.language, expires_at=EXPIRES, uses_left=9, rated=rated
        )

    def all(self) -> dict[str, Callable[[], str]]:
        """Every page and state by name."""
        pages, language, version = self.pages, self.language, self.version
        wrong = {"email": "not_an_address", "name": "too_long"}
        shown: dict[str, Callable[[], str]] = {
            "index": lambda: pages.index(language=language),
            "index-empty": lambda: Pages(bundle_of()).index(language=language),
            "magnet": self.magnet,
            "magnet-bare": lambda: self.magnet(BARE),
            "magnet-everything": lambda: self.magnet(EVERYTHING_ASKED),
            "magnet-errors": lambda: self.magnet(
                typed={"email": "ann@", "name": "Ann"}, ticked=frozenset({"newsletter-email"}), errors=wrong
            ),
            "magnet-pressure": lambda: self.magnet(challenge='{"parameters": {}}', notice=Notice.PROVE),
            "thanks": lambda: pages.thanks(version, SLUG, REF, language=language),
            "thanks-wrong": lambda: pages.thanks(version, SLUG, REF, language=language, code_error="wrong"),
            "confirm": lambda: pages.confirm(version, SLUG, TOKEN, language=language),
            "delivery": self.delivery,
            "leave": lambda: pages.leave(TOKEN, language=language),
            "left": lambda: pages.left(language=language),
            "link-again": lambda: pages.link_on_its_way(language=language),
            "not-me": lambda: pages.not_me(TOKEN, language=language),
            "mails-welcome": lambda: pages.mails_welcome(language=language),
            "rated": lambda: pages.rated(language=language),
            "rated-by-link": lambda: pages.rated(language=language, token=TOKEN),
            "rate": lambda: pages.rate(self.version, TOKEN, language=language),
            "rate-wrong": lambda: pages.rate(
                self.version, TOKEN, language=language, words="7" * 40, errors={"answer": "missing", "words": "too_long"}
            ),
            "draft": lambda: pages.magnet(
                self.version, SLUG, language=language, form=FormView(token="", first=True, preview=True)
            ),
            "undone": lambda: pages.undone(language=language),
            "gone": lambda: pages.gone(version, language=language),
        }
        for notice in (Notice.STALE, Notice.LATER, Notice.UNSAVED):
            shown[f"magnet-{notice}"] = lambda notice=notice: self.magnet(notice=notice, typed={"email": "ann@example.com"})
        for answer in ("yes", "partly", "no"):
            shown[f"delivery-{answer}"] = lambda answer=answer: self.delivery(answer)
        for because in ("unknown", "expired", "revoked", "used_up", "missing"):
            shown[f"closed-{because}"] = lambda because=because: pages.closed(because, language=language, token=TOKEN, slug=SLUG)
        for status in (400, 403, 404, 405, 413, 415, 416, 429, 500, 503):
            shown[f"problem-{status}"] = lambda status=status: pages.problem(status, language=language)
        return shown


def galleries(who: BrandFacts | None = None) -> dict[Language, Gallery]:
    pages = Pages(bundle_of(ENGLISH, POLISH, BARE, EVERYTHING_ASKED, who=who))
    return {language: Gallery(pages, language) for language in Language}


@contextmanager
def hosted(who: BrandFacts | None = None) -> Iterator[str]:
    """The address of a host that serves `/{language}/{name}` and the assets under `/s/`, until the block ends."""
    shown = galleries(who)
    pages = next(iter(shown.values())).pages

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path.startswith("/s/"):
                name = path.removeprefix("/s/")
                if name in pages.made:
                    kind = "text/css" if name.endswith(".css") else "image/svg+xml"
                    self.answer(200, kind, pages.made[name].encode())
                elif (STATIC / name).is_file():
                    kind = "text/javascript" if name.endswith(".js") else "font/woff2"
                    self.answer(200, kind, (STATIC / name).read_bytes())
                else:
                    self.answer(404, "text/plain", b"")
                return
            language, _, name = path.strip("/").partition("/")
            page = shown[Language(language)].all().get(name) if language in set(Language) else None
            self.answer(200 if page else 404, "text/html; charset=utf-8", (page() if page else "").encode())

        def answer(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
