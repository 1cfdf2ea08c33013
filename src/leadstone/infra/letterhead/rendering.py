"""From a letter to the parts of a mail.

The skeletons are MJML, compiled once; what is left is a Jinja template, filled for each letter.
"""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import css_inline
from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from jinja2 import Environment, StrictUndefined, Template
from mjml import mjml2html

from leadstone.infra.letterhead.letters import DeliveryLetter, Letter, LinkAgainLetter, MailingLetter
from leadstone.kernel.colour import HOUSE_COLOUR, read_hex, readable
from leadstone.wire.bundle import BrandFacts
from leadstone.wire.pages import phrases

TEMPLATES = Path(__file__).parent / "templates"

_FILES: dict[type, str] = {DeliveryLetter: "delivery", LinkAgainLetter: "delivery", MailingLetter: "mailing"}
_TEXT = ParserConfig(display_links=True)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts of a mail."""

    subject: str
    html: str
    text: str


def render(letter: Letter, *, brand: BrandFacts, language: str) -> Rendered:
    """`letter` in `language`, with the company's name, colour and address."""
    colour = readable(read_hex(brand.colour) or HOUSE_COLOUR, dark=False)
    facts = {
        **asdict(letter),
        "brand": brand,
        "colour": colour,
        "language": language,
        "again": isinstance(letter, LinkAgainLetter),
    }
    html = _skeleton(_FILES[type(letter)], language).render(**facts)
    return Rendered(subject=_subject(letter, language), html=html, text=_tidy(get_text(html, _TEXT)))


def _tidy(text: str) -> str:
    """Lines without the indents of the table that they stood in, and at most one empty line between them."""
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"


def _subject(letter: Letter, language: str) -> str:
    if isinstance(letter, MailingLetter):
        return letter.subject
    gettext = phrases.translations(language).gettext
    call = gettext("open it here")
    return f"{letter.title} – {call}"


@cache
def _skeleton(name: str, language: str) -> Template:
    frame = (TEMPLATES / "frame.mjml").read_text()
    body = (TEMPLATES / f"{name}.mjml").read_text()
    compiled = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(
        str(mjml2html(frame.replace("<!-- body -->", body)))
    )
    environment = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"])
    # `install_gettext_translations` is added by the i18n extension.
    environment.install_gettext_translations(phrases.translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment.from_string(compiled)
