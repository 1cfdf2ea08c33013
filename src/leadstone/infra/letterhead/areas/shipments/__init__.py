"""Letters about parcels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from leadstone.infra.letterhead.letters import NoticeLetter
from leadstone.wire.pages.areas.shipments.words import CARRIERS
from leadstone.wire.pages.phrases import translations

_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the letters about one parcel say. `address` is masked: mailboxes outlive what is forgotten."""

    title: str
    item: str
    state: str
    address: str
    sent_on: date | None
    due_on: date | None
    went_on: date | None  # when one went to the same household
    place: int  # in line
    carrier: str
    tracking: str
    tracking_url: str
    url: str
    my_url: str
    language: str

    def day(self, at: date | None) -> str:
        return format_date(at, "d MMMM y", locale=_LOCALES.get(self.language, self.language)) if at else ""


def sent(sheet: Sheet) -> NoticeLetter:
    """It is on its way."""
    _ = _words(sheet)
    rows = [(_("Sent on"), sheet.day(sheet.sent_on)), (_("Goes to"), sheet.address)]
    if sheet.carrier in CARRIERS:
        rows.append((_("Carried by"), _(CARRIERS[sheet.carrier])))
    if sheet.tracking:
        rows.append((_("Parcel number"), sheet.tracking))
    follow = (_("Follow the parcel"), sheet.tracking_url)
    page = (_("See what was promised"), sheet.url)
    return NoticeLetter(
        subject=_("“%(title)s” is on its way to you") % {"title": sheet.title},
        heading=_("Your parcel is on its way"),
        paragraphs=(_("In it: %(item)s.") % {"item": sheet.item},),
        rows=tuple(rows),
        button=follow if sheet.tracking_url else page,
        second=page if sheet.tracking_url else ("", ""),
        why=_("You asked for it on our page; this is the letter that it announced."),
        my_url=sheet.my_url,
    )


def in_line(sheet: Sheet) -> NoticeLetter:
    """The stock was out."""
    _ = _words(sheet)
    return _plain(
        sheet,
        subject=_("“%(title)s”: you are number %(place)s on the waiting list") % {"title": sheet.title, "place": sheet.place},
        heading=_("You are number %(place)s on the waiting list") % {"place": sheet.place},
        paragraphs=(
            _("Your mailbox is confirmed, but the last one on the shelf was taken before."),
            _("When more come in, they go out in the order of the list, and we write to you. You need not do anything."),
        ),
        label=_("See where you stand"),
    )


def had_one(sheet: Sheet) -> NoticeLetter:
    """One went to this household."""
    _ = _words(sheet)
    when = (
        _("A sample already went to this address on %(day)s.") % {"day": sheet.day(sheet.went_on)}
        if sheet.went_on
        else _("A sample is already being made ready for this address.")
    )
    return _plain(
        sheet,
        subject=_("“%(title)s”: one to each household") % {"title": sheet.title},
        heading=_("One to each household"),
        paragraphs=(
            when,
            _("We send one to each household, so that they last for many. Nothing else follows from your form."),
            _("If the address is not right, correct it behind the button."),
        ),
        label=_("Correct my address"),
    )


def no_address(sheet: Sheet) -> NoticeLetter:
    """Nobody knows where to."""
    _ = _words(sheet)
    return _plain(
        sheet,
        subject=_("“%(title)s”: where shall it go?") % {"title": sheet.title},
        heading=_("Where shall it go?"),
        paragraphs=(
            _("Several forms for your mailbox named different addresses. We send nothing to an address that you did not give."),
        ),
        label=_("Say where it goes"),
    )


def freed(sheet: Sheet) -> NoticeLetter:
    """Whoever waited has one."""
    _ = _words(sheet)
    return _plain(
        sheet,
        subject=_("“%(title)s”: one is yours now") % {"title": sheet.title},
        heading=_("One is yours now"),
        paragraphs=(
            _("More have come in, and you were first in line. It leaves by %(day)s, and we write when it does.")
            % {"day": sheet.day(sheet.due_on)},
        ),
        label=_("See the parcel"),
    )


def returned(sheet: Sheet) -> NoticeLetter:
    """It came back."""
    _ = _words(sheet)
    return _plain(
        sheet,
        subject=_("“%(title)s” came back to us") % {"title": sheet.title},
        heading=_("Your parcel came back"),
        paragraphs=(
            _("The post could not hand it over at %(address)s.") % {"address": sheet.address},
            _("Correct the address behind the button, and it goes out again."),
        ),
        label=_("Correct my address"),
    )


def _plain(sheet: Sheet, *, subject: str, heading: str, paragraphs: tuple[str, ...], label: str) -> NoticeLetter:
    _ = _words(sheet)
    return NoticeLetter(
        subject=subject,
        heading=heading,
        paragraphs=paragraphs,
        button=(label, sheet.url),
        why=_("You asked for it on our page and confirmed your mailbox."),
        my_url=sheet.my_url,
    )


def _words(sheet: Sheet) -> Callable[[str], str]:
    return translations(sheet.language).gettext
