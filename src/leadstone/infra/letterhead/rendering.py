"""From a letter to the parts of a mail.

The skeletons are MJML. Each is compiled once into HTML, and that once into plain text; both are then Jinja templates, filled
for each letter, so that the two parts say the same and carry the same links.
"""

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import css_inline
from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from jinja2 import Environment, StrictUndefined, Template
from mjml import mjml2html

from leadstone.infra.letterhead.first_words import FirstWords, first_words
from leadstone.infra.letterhead.letters import (
    DeliveryLetter,
    IssueLetter,
    Letter,
    MailingLetter,
    NoticeLetter,
    PersonalLetter,
    ReminderLetter,
)
from leadstone.kernel.colour import HOUSE_COLOUR, ReadableColour, read_hex, readable
from leadstone.wire.bundle import BrandFacts
from leadstone.wire.letter_body import plain_words
from leadstone.wire.pages import phrases

TEMPLATES = Path(__file__).parent / "templates"

_FILES: dict[type, str] = {
    DeliveryLetter: "delivery",
    IssueLetter: "issue",
    MailingLetter: "mailing",
    NoticeLetter: "notice",
    PersonalLetter: "personal",
    ReminderLetter: "reminder",
}
_REMINDS = {
    "task": phrases._("Reminder of a task"),
    "call": phrases._("Reminder of a call"),
    "meeting": phrases._("Reminder of a meeting"),
}
# Of each text, the part that a mail program shows beside the subject.
_PREVIEW_CHARACTERS = 120

# A link in the middle of a letter stays in its line.
_IN_A_SENTENCE = "{{ span.link }}"
_LINK = re.compile(r"\[(?P<label>[^\[\]]*)\]\((?P<address>\{\{[^}]*\}\})\)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts of a mail."""

    subject: str
    html: str
    text: str


class _Skeleton(NamedTuple):
    html: Template
    text: Template


def render(letter: Letter, *, brand: BrandFacts, language: str) -> Rendered:
    """`letter` in `language`, with the company's name, colour and address."""
    facts = _facts(letter, language) | {"brand": brand, "colour": _button(brand.colour), "language": language}
    skeleton = _skeleton(_FILES[type(letter)], language)
    return Rendered(subject=_subject(letter, language), html=skeleton.html.render(facts), text=_tidy(skeleton.text.render(facts)))


def _facts(letter: Letter, language: str) -> dict[str, object]:
    if isinstance(letter, (MailingLetter, PersonalLetter)):
        first = letter.paragraphs[0] if letter.paragraphs else ""
        return asdict(letter) | {"heading": letter.subject, "preview": first[:_PREVIEW_CHARACTERS]}
    if isinstance(letter, IssueLetter):
        preview = letter.preheader or plain_words(letter.blocks)[:_PREVIEW_CHARACTERS]
        topics_url = f"{letter.my_url}#topics" if letter.my_url else ""
        return asdict(letter) | {"heading": letter.subject, "preview": preview, "topics_url": topics_url}
    if isinstance(letter, NoticeLetter):
        return asdict(letter) | {"preview": letter.paragraphs[0][:_PREVIEW_CHARACTERS] if letter.paragraphs else ""}
    gettext = phrases.translations(language).gettext
    if isinstance(letter, ReminderLetter):
        return asdict(letter) | {"heading": _subject(letter, language), "preview": letter.when}
    digits, opening = gettext("Your six digits:"), _first_words(letter)
    return asdict(letter) | {
        "heading": letter.title,
        "preview": " · ".join(part for part in (letter.preheader, f"{digits} {letter.code}") if part),
        "kind_name": gettext(phrases.KINDS[letter.kind]) if letter.kind in phrases.KINDS else letter.kind,
        "says": gettext(opening.says) if opening.says else "",
        "button": gettext(opening.button),
    }


def _subject(letter: Letter, language: str) -> str:
    if isinstance(letter, (IssueLetter, MailingLetter, NoticeLetter, PersonalLetter)):
        return letter.subject
    gettext = phrases.translations(language).gettext
    if isinstance(letter, ReminderLetter):
        return f"{gettext(_REMINDS[letter.kind])}: {letter.when}"
    return letter.subject or f"{letter.title} – {gettext(_first_words(letter).call)}"


def _first_words(letter: DeliveryLetter) -> FirstWords:
    return first_words(letter.kind, has_result=bool(letter.result), has_time=letter.time is not None)


@cache
def _button(colour: str) -> ReadableColour:
    return readable(read_hex(colour) or HOUSE_COLOUR, dark=False)


@cache
def _skeleton(name: str, language: str) -> _Skeleton:
    # The templates name no font of MJML's own list (Roboto, Lato …): it would add an import from that font's maker.
    frame = (TEMPLATES / "frame.mjml").read_text()
    for mark, file in (("<!-- body -->", f"{name}.mjml"), ("<!-- why -->", f"{name}.why.mjml")):
        frame = frame.replace(mark, (TEMPLATES / file).read_text())
    html = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(str(mjml2html(frame)))
    environment = _environment(language)
    # A plain text has nothing to escape; everything else about the two parts is the same.
    plain = environment.overlay(autoescape=False)
    return _Skeleton(html=environment.from_string(html), text=plain.from_string(_as_text(html)))


def _environment(language: str) -> Environment:
    made = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"])
    # `install_gettext_translations` is added by the i18n extension.
    made.install_gettext_translations(phrases.translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made


def _as_text(html: str) -> str:
    """The skeleton's words, a paragraph a line, with the address of each link after its label."""
    shown = get_text(html, ParserConfig(display_links=True))
    return _LINK.sub(_shown_link, "\n\n".join(line.strip() for line in shown.splitlines()))


def _shown_link(link: re.Match[str]) -> str:
    label, address = link["label"].strip(), link["address"]
    if address == _IN_A_SENTENCE and label != address:
        return f"{label} <{address}>"
    return address if label == address else f"{label}:\n{address}"


def _tidy(text: str) -> str:
    """At most one empty line between two others."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
