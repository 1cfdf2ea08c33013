"""The public phrases: gettext catalogues to which a company can add a language, and words by code."""

from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

LOCALES = Path(__file__).parent / "locale"
AREAS = Path(__file__).parent / "areas"
DOMAIN = "public"


def _(message: str) -> str:
    """Marks a msgid for extraction; it is translated when it is shown."""
    return message


FIELD_LABELS = {
    "email": _("E-mail"),
    "name": _("Your name"),
    "phone": _("Phone"),
    "company": _("Company"),
    "position": _("Your role"),
    "question": _("Your question"),
    "street": _("Street, house and flat"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "country": _("Country"),
}

# Autofill tokens (HTML, 4.10.18.7): the browser may fill in what it knows.
AUTOCOMPLETE = {
    "email": "email",
    "name": "name",
    "phone": "tel",
    "company": "organization",
    "position": "organization-title",
    "street": "address-line1",
    "postcode": "postal-code",
    "city": "address-level2",
    "country": "country-name",
}

ERRORS = {
    "missing": _("Please fill this in."),
    "not_an_address": _("This is not a complete e-mail address. One looks like name@example.com."),
    "not_a_phone": _("This is not a phone number that can be called. Add the area or country code."),
    "too_long": _("This is too long."),
    "not_agreed": _("Please press the button below the form: it says that you want this."),
    "unknown_choice": _("Please choose one of these."),
    "not_a_number": _("Please give a whole number."),
    "not_a_postcode": _("This is not a postcode. A Polish one looks like 00-549; for another country, name the country below."),
    "out_of_range": _("This lies outside of what can be counted here. The limits stand beneath the question."),
    "off_step": _("This is finer than can be counted here. The steps stand beneath the question."),
    "no_consent": _("Tick the box, so that we may use this answer, or press “I would rather not say”."),
    "unreadable": _("This holds characters that cannot be read. Please type it again."),
}

KINDS = {
    "report": _("Report"),
    "guide": _("Guide"),
    "tip_sheet": _("Tip sheet"),
    "white_paper": _("White paper"),
    "ebook": _("E-book"),
    "quiz": _("Quiz"),
    "calculator": _("Calculator"),
    "consultation": _("Free consultation"),
    "sample": _("Sample"),
    "newsletter": _("Newsletter"),
    "trial": _("Trial"),
    "discount_club": _("Discount club"),
    "free_shipping": _("Free shipping"),
}

MEDIA = {"application/pdf": "PDF", "application/epub+zip": "EPUB", "application/zip": "ZIP"}


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of `language`; English, the language of the msgids, when there is none."""
    found = Translations.load(LOCALES, [language], DOMAIN)
    for folder in sorted(AREAS.iterdir()):
        more = Translations.load(folder / "locale", [language], DOMAIN)
        if isinstance(more, Translations):
            found = found.merge(more) if isinstance(found, Translations) else more
    return found


def day(at: datetime, language: str) -> str:
    """`at` as a day: "3 May 2026"."""
    return format_date(at, format="long", locale=language)


def moment(at: datetime, language: str) -> str:
    """`at` as a day and time in UTC."""
    return format_datetime(at, format="medium", locale=language)


def size(count: int, language: str) -> str:
    """`count` bytes as a person reads it: "1.4 MB"."""
    if count < 1_000_000:
        return f"{format_decimal(max(1, round(count / 1000)), locale=language)} kB"
    return f"{format_decimal(round(count / 1_000_000, 1), locale=language)} MB"
