"""Every public page, made from one revision of the bundle."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from leadstone.kernel.colour import HOUSE_COLOUR, read_hex, readable, soft
from leadstone.kernel.language import Language
from leadstone.kernel.moments import spoken_moment
from leadstone.kernel.numerals import written
from leadstone.wire.bundle import Bundle, PublishedMagnet, PublishedVersion
from leadstone.wire.definition import AskedField, FieldKey, MagnetDefinition
from leadstone.wire.pages import phrases, urls
from leadstone.wire.pages.areas.bookings.chosen import chosen_time
from leadstone.wire.pages.areas.codes.terms import shown_terms
from leadstone.wire.pages.areas.sharing.tags import share_facts
from leadstone.wire.pages.areas.shipments.words import CARRIERS, worth
from leadstone.wire.pages.form_view import FormName, FormView
from leadstone.wire.pages.held_view import HeldView
from leadstone.wire.pages.needle import needle
from leadstone.wire.pages.offer_view import OfferView
from leadstone.wire.pages.question_view import QuestionView
from leadstone.wire.pages.result_view import ResultView
from leadstone.wire.pages.siblings import siblings

STATIC = Path(__file__).parent / "static"

# Stand where the only parts of a fresh page go that differ from visitor to visitor.
_TOKEN_MARK, _ORIGIN_MARK = "~~token~~", "~~origin~~"
NOTHING_CHOSEN: Mapping[str, str] = {}
NO_ERRORS: Mapping[str, str] = {}
# Kinds whose form stands on a page of the portal, after something was chosen there.
_BEGIN_ELSEWHERE = frozenset({"consultation"})
_EMAIL = AskedField(key=FieldKey.EMAIL, reason="", required=True)


def _environment() -> Environment:
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("leadstone.wire.pages"),
                FileSystemLoader([folder / "templates" for folder in sorted(phrases.AREAS.iterdir())]),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals |= {"urls": urls, "FormName": FormName, "AUTOCOMPLETE": phrases.AUTOCOMPLETE, "MEDIA": phrases.MEDIA}
    return made


def _environment_for(language: str) -> Environment:
    made = _environment()
    catalogue = phrases.translations(language)
    # `install_gettext_translations` is added by the i18n extension.
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "day": lambda at: phrases.day(at, language),
        "moment": lambda at: phrases.moment(at, language),
        "wall": lambda at, zone: spoken_moment(at, zone=zone, language=language),
        "number": lambda text: written(Decimal(text), language),
        "size": lambda count: phrases.size(count, language),
        "field_label": lambda key: catalogue.gettext(phrases.FIELD_LABELS[key]),
        "error": lambda code: catalogue.gettext(phrases.ERRORS[code]),
        "code_terms": lambda settings: shown_terms(settings, language),
        "money": lambda minor, currency: worth(minor, currency, language),
        "carrier": lambda key: catalogue.gettext(CARRIERS[key]) if key in CARRIERS else "",
        "kind": lambda key: catalogue.gettext(phrases.KINDS[key]) if key in phrases.KINDS else key,
    }
    return made


_ENVIRONMENTS: dict[str, Environment] = {language: _environment_for(language) for language in Language}


class Pages:
    """The pages of one bundle. `static` is the folder of built assets; `asks_first` knows which magnets begin with questions."""

    def __init__(
        self, bundle: Bundle, static: Path = STATIC, *, asks_first: Callable[[MagnetDefinition], bool] = lambda definition: False
    ) -> None:
        self.bundle = bundle
        self._static = static
        self._asks_first = asks_first
        self._parts: dict[tuple[str, int, str], tuple[bytes, bytes, bytes]] = {}

    @cached_property
    def stylesheet(self) -> str:
        """The one stylesheet: the house's, with the company's colour corrected for contrast."""
        house = self._static / "public.css"
        return (house.read_text() if house.exists() else "") + _brand_rules(self.bundle.brand.colour)

    @cached_property
    def stylesheet_name(self) -> str:
        """Its name under `/s/`, which changes with its content."""
        return _named("public", self.stylesheet, "css")

    @cached_property
    def icon(self) -> str:
        """The compass needle in the company's colour, for the tab of the browser (SVG)."""
        asked = read_hex(self.bundle.brand.colour)
        return needle(readable(asked, dark=False).colour if asked else HOUSE_COLOUR)

    @cached_property
    def icon_name(self) -> str:
        return _named("icon", self.icon, "svg")

    @cached_property
    def made(self) -> Mapping[str, str]:
        """What is made here rather than built, by its name under `/s/`; a name never changes its content."""
        return {self.stylesheet_name: self.stylesheet, self.icon_name: self.icon}

    @cached_property
    def _siblings(self) -> Mapping[str, Mapping[str, str]]:
        return siblings(self.bundle.magnets)

    def index(self, *, language: Language, offered: Sequence[PublishedMagnet] | None = None) -> str:
        """What is published; `offered` leaves out what is over by now."""
        live = [magnet for magnet in (self.bundle.magnets if offered is None else offered) if magnet.live]
        first = [magnet for magnet in live if magnet.current.definition.language == language]
        # What is offered in the visitor's language need not stand there twice.
        rest = [
            magnet
            for magnet in live
            if magnet.current.definition.language != language and language not in self._siblings.get(magnet.slug, {})
        ]
        return self.render("index.html", language=language, magnets=[*first, *rest], translated=True)

    def magnet(
        self, version: PublishedVersion, slug: str, *, language: Language, form: FormView, offer: OfferView | None = None
    ) -> str:
        """The page of a magnet: promise, form, and the exchange beside the button; until when and for how many, where it ends."""
        definition = version.definition
        asks = definition.contract.asks
        if not any(asked.key is FieldKey.EMAIL for asked in asks):
            asks = (_EMAIL, *asks)
        return self.render(
            "magnet.html",
            language=language,
            version=version,
            magnet=definition,
            slug=slug,
            form=form,
            offer=offer,
            asks=asks,
            # In another language it is another magnet: its own words, its own contract.
            elsewhere={tag: urls.magnet(other) for tag, other in self._siblings.get(slug, {}).items()},
            letters=self.bundle.letters.get(slug, ()),
            public_url=self.bundle.public_url,
            # Another language is another address: what was answered would stay behind.
            translated=not form.carried,
            asks_first=(form.first and self._asks_first(definition)) or definition.kind in _BEGIN_ELSEWHERE,
            share=share_facts(self.bundle, version, languages=self._siblings.get(slug, ())),
        )

    def offer(
        self,
        version: PublishedVersion,
        slug: str,
        *,
        language: Language,
        offer: OfferView,
        others: Sequence[PublishedMagnet],
        sent: bool = False,
    ) -> str:
        """An offer without its form: it has not begun, or it is over. `sent`: somebody posted the form all the same."""
        return self.render(
            "availability/page.html",
            language=language,
            magnet=version.definition,
            slug=slug,
            offer=offer,
            others=others,
            sent=sent,
            translated=True,
        )

    def question(
        self, version: PublishedVersion, slug: str, *, language: Language, form: FormView, question: QuestionView
    ) -> str:
        """One question before the form; what was answered so far travels in it."""
        magnet = version.definition
        return self.render("question.html", language=language, magnet=magnet, slug=slug, form=form, question=question)

    def questions(
        self, version: PublishedVersion, slug: str, *, language: Language, form: FormView, questions: Sequence[QuestionView]
    ) -> str:
        """All questions on one page before the form."""
        magnet = version.definition
        return self.render("questions.html", language=language, magnet=magnet, slug=slug, form=form, questions=questions)

    def magnet_parts(
        self, version: PublishedVersion, slug: str, *, language: Language, questions: tuple[QuestionView, ...] = ()
    ) -> tuple[bytes, bytes, bytes]:
        """A fresh page as bytes around the form token and the origin: part 0, token, part 1, origin, part 2.

        `questions`: those that stand in its form; the same for one version.
        """
        key = (slug, version.version_id, language)
        if key not in self._parts:
            page = self.magnet(
                version,
                slug,
                language=language,
                form=FormView(token=_TOKEN_MARK, origin=_ORIGIN_MARK, questions=questions, first=True),
            )
            before, _, rest = page.partition(_TOKEN_MARK)
            between, _, after = rest.partition(_ORIGIN_MARK)
            self._parts[key] = (before.encode(), between.encode(), after.encode())
        return self._parts[key]

    def thanks(
        self,
        version: PublishedVersion,
        slug: str,
        ref: str,
        *,
        language: Language,
        code_error: str = "",
        chosen: Mapping[str, str] = NOTHING_CHOSEN,
    ) -> str:
        """What happens next, and the place for the six digits. `code_error`: "", "wrong", "too_many" or "not_yet".

        `chosen` is the query of the page: where a time was chosen, it names it.
        """
        minutes = int(version.definition.settings.get("minutes", 30))
        told = chosen_time(at=chosen.get("at", ""), zone=chosen.get("zone", ""), minutes=minutes, language=language)
        return self.render(
            "thanks.html",
            language=language,
            magnet=version.definition,
            slug=slug,
            ref=ref,
            code_error=code_error,
            version=version.number if chosen.get("v") == str(version.number) else None,
            chosen=told if version.definition.kind in _BEGIN_ELSEWHERE else None,
            translated=True,
        )

    def confirm(self, version: PublishedVersion, slug: str, token: str, *, language: Language) -> str:
        """The page behind the mail's button, with a button of its own, because a GET changes nothing."""
        return self.render("confirm.html", language=language, magnet=version.definition, slug=slug, token=token, translated=True)

    def delivery(
        self,
        version: PublishedVersion,
        slug: str,
        token: str,
        *,
        language: Language,
        expires_at: datetime,
        uses_left: int,
        rated: str = "",
        words: str = "",
        error: str = "",
        result: ResultView | None = None,
        held: HeldView | None = None,
    ) -> str:
        """Where the file is fetched, the result read, or what is held for somebody shown; judged, and the exchange undone."""
        return self.render(
            "delivery.html",
            language=language,
            magnet=version.definition,
            slug=slug,
            token=token,
            expires_at=expires_at,
            uses_left=uses_left,
            rated=rated,
            words=words,
            error=error,
            result=result,
            held=held,
            public_url=self.bundle.public_url,
            translated=True,
        )

    def waiting(self, version: PublishedVersion, token: str, *, language: Language, place: int) -> str:
        """All are taken; where somebody stands in line."""
        return self.render(
            "availability/waiting.html", language=language, magnet=version.definition, token=token, place=place, translated=True
        )

    def being_made(self, version: PublishedVersion, *, language: Language) -> str:
        """What is given is being made; the page asks again by itself."""
        return self.render("being_made.html", language=language, magnet=version.definition)

    def closed(self, because: str, *, language: Language, token: str = "", slug: str = "") -> str:
        """A link that opens nothing, and why: unknown, expired, revoked, used_up, missing.

        `token` is the deliver token: with it a new link can be asked for, or "not me" taken back; with `slug` there is a way
        back to the magnet.
        """
        return self.render("closed.html", language=language, because=because, token=token, slug=slug)

    def link_on_its_way(self, *, language: Language) -> str:
        return self.render("link_on_its_way.html", language=language)

    def not_me(self, token: str, *, language: Language) -> str:
        """Said, and done; `token` is the deliver token by which it can be taken back."""
        return self.render("not_me.html", language=language, token=token)

    def mails_welcome(self, *, language: Language) -> str:
        """What was said by "not me" is taken back."""
        return self.render("mails_welcome.html", language=language)

    def rate(
        self,
        version: PublishedVersion,
        token: str,
        *,
        language: Language,
        answer: str = "",
        words: str = "",
        errors: Mapping[str, str] = NO_ERRORS,
    ) -> str:
        """Did you get what was promised? `errors`: "answer" and "words" → an error of a form."""
        return self.render(
            "promises/rate.html",
            language=language,
            magnet=version.definition,
            token=token,
            answer=answer,
            words=words,
            errors={name: code for name, code in errors.items() if code},
            translated=True,
        )

    def rated(self, *, language: Language, token: str = "") -> str:
        """Thanks for an answer; with `token` there is a way back to change it."""
        return self.render("rated.html", language=language, token=token)

    def undone(self, *, language: Language) -> str:
        return self.render("undone.html", language=language)

    def leave(self, token: str, *, language: Language) -> str:
        return self.render("leave.html", language=language, token=token, translated=True)

    def left(self, *, language: Language) -> str:
        return self.render("left.html", language=language)

    def gone(self, version: PublishedVersion, *, language: Language) -> str:
        """The magnet was withdrawn."""
        return self.render("gone.html", language=language, magnet=version.definition)

    def type_code(self, *, language: Language, typed: str = "", unknown: bool = False) -> str:
        """Where the code of a letter, a poster or a broadcast is typed. `unknown`: what was typed leads nowhere."""
        return self.render("links/type_code.html", language=language, typed=typed, unknown=unknown, translated=not unknown)

    def problem(self, status: int, *, language: Language) -> str:
        """Why a request cannot be answered."""
        return self.render("problem.html", language=language, status=status)

    def render(self, template: str, *, language: Language, translated: bool = False, **facts: Any) -> str:
        """One template within the frame. `translated`: the page's own address shows it in other languages too (`?lang=`)."""
        context: Mapping[str, Any] = {
            "brand": self.bundle.brand,
            "language": language.value,
            "languages": _NAMES,
            "elsewhere": {},  # language → address, where a page is another one in that language
            "translated": translated,
            "stylesheet": urls.static(self.stylesheet_name),
            "icon": urls.static(self.icon_name),
            "framed": False,  # somebody else's page shows this one within itself
            "place": urls.magnet,  # where the forms of a magnet are sent
        }
        return _ENVIRONMENTS[language].get_template(template).render(**{**context, **facts})


_NAMES = {Language.ENGLISH.value: "English", Language.POLISH.value: "Polski"}


def _named(stem: str, content: str, suffix: str) -> str:
    return f"{stem}-{hashlib.blake2b(content.encode(), digest_size=8).hexdigest()}.{suffix}"


def _brand_rules(colour: str) -> str:
    asked = read_hex(colour)
    if asked is None:
        return ""
    return _colour_rule(asked, dark=False) + f"@media (prefers-color-scheme:dark){{{_colour_rule(asked, dark=True)}}}"


def _colour_rule(asked: str, *, dark: bool) -> str:
    shown = readable(asked, dark=dark)
    return f":root{{--pole:{shown.colour};--pole-ink:{shown.ink};--pole-soft:{soft(asked, dark=dark)}}}"
