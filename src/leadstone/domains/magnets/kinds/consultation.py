"""A free consultation: a time with one of us, booked on the page, held until the mailbox is proven."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Example, Kind, KindWords, Outcome, Sent, Step
from leadstone.wire.definition import Channel, MagnetDefinition

SHORTEST_MINUTES, LONGEST_MINUTES = 10, 240
STEP_MINUTES = 5  # what a calendar tells apart
MOST_DAYS_AHEAD = 120
MOST_NOTICE_HOURS = 24 * 14
MOST_REMINDERS = 3
LONGEST_REMINDER = 7 * 24 * 60


class Place(StrEnum):
    """Where one meets."""

    PHONE = "phone"  # we call the number that was left
    VIDEO = "video"  # `where` is the address of the room
    OFFICE = "office"  # `where` is the postal address


class ConsultationSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a consultation is, beyond the definition of a magnet."""

    minutes: int = 30
    every_minutes: int = 30
    notice_hours: int = 24
    days_ahead: int = 30
    hosts: tuple[int, ...] = ()  # accounts; none named: everybody who takes bookings
    place: Place = Place.VIDEO
    where: str = ""
    prepare: str = ""
    reminders: tuple[int, ...] = (24 * 60, 60)  # minutes before


def settings_of(definition: MagnetDefinition) -> ConsultationSettings:
    """The settings; raises `msgspec.ValidationError` where they fit no consultation."""
    return msgspec.convert(definition.settings, ConsultationSettings)


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """What is given lives in the database; there is nothing to open here."""
    return Outcome()


def gaps_in(settings: ConsultationSettings) -> Iterator[Gap]:
    """What a consultation lacks before it may be published. Places are names of settings."""
    if not SHORTEST_MINUTES <= settings.minutes <= LONGEST_MINUTES or settings.minutes % STEP_MINUTES:
        facts = {"least": str(SHORTEST_MINUTES), "most": str(LONGEST_MINUTES)}
        yield Gap(GapCode.MEETING_LENGTH_WRONG, "consultation.minutes", facts)
    if not STEP_MINUTES <= settings.every_minutes <= LONGEST_MINUTES or settings.every_minutes % STEP_MINUTES:
        facts = {"least": str(STEP_MINUTES), "most": str(LONGEST_MINUTES)}
        yield Gap(GapCode.MEETING_LENGTH_WRONG, "consultation.every_minutes", facts)
    if not 0 <= settings.notice_hours <= MOST_NOTICE_HOURS or not 1 <= settings.days_ahead <= MOST_DAYS_AHEAD:
        yield Gap(GapCode.MEETING_WINDOW_WRONG, "consultation.days_ahead", {"most": str(MOST_DAYS_AHEAD)})
    if settings.place is not Place.PHONE and not settings.where.strip():
        yield Gap(GapCode.MEETING_PLACE_MISSING, "consultation.where")
    if len(settings.reminders) > MOST_REMINDERS or any(not 0 < before <= LONGEST_REMINDER for before in settings.reminders):
        yield Gap(GapCode.MEETING_WINDOW_WRONG, "consultation.reminders", {"most": str(MOST_DAYS_AHEAD)})


def example(language: str) -> Example:
    """What a new consultation begins with."""
    title, promise, prepare = _EXAMPLES[language]
    settings: dict[str, Any] = {"minutes": 30, "prepare": prepare}
    return Example(title, promise, settings)


_EXAMPLES: Mapping[str, tuple[str, str, str]] = {
    "en": (
        "Half an hour with an expert",
        "You describe what you plan, and hear what we would do in your place. Also when that is: nothing.",
        "Have at hand what you have already: figures, photographs, offers.",
    ),
    "pl": (
        "Pół godziny ze specjalistą",
        "Opowiadasz, co planujesz, i słyszysz, co zrobilibyśmy na Twoim miejscu. Także wtedy, gdy brzmi to: nic.",
        "Przygotuj to, co już masz: rachunki, zdjęcia, oferty.",
    ),
}

KIND = Kind(
    name="Free consultation",
    rank=80,
    words={
        "en": KindWords(
            name="Free consultation",
            subject="the consultation",
            object="the invitation",
            button="Choose a time",
            you_get="A talk with one of us at the time that you choose, free of charge.",
            delivery="One mail to confirm the time, one with the invitation, and reminders before we meet.",
        ),
        "pl": KindWords(
            name="Bezpłatna konsultacja",
            subject="konsultacja",
            object="zaproszenie",
            button="Wybierz termin",
            you_get="Rozmowa z jednym z nas w terminie, który wybierzesz. Bezpłatnie.",
            delivery="Jeden e-mail z potwierdzeniem terminu, jeden z zaproszeniem i przypomnienia przed spotkaniem.",
        ),
    },
    sends=(
        Sent(
            channel=Channel.EMAIL,
            told_by="remind|przypom",
            sentences={"en": "Reminders by mail before we meet.", "pl": "Przypomnienia e-mailem przed spotkaniem."},
            sent_if=lambda settings: bool(settings.get("reminders", True)),
        ),
        # With it stands that a number is asked: a call that is promised has to reach somebody.
        Sent(
            channel=Channel.PHONE,
            told_by="call|zadzwoni|telefon",
            sentences={"en": "We call you at the time that you chose.", "pl": "Zadzwonimy w terminie, który wybierzesz."},
            sent_if=lambda settings: settings.get("place") == Place.PHONE,
        ),
    ),
    media_types=frozenset(),
    settings=ConsultationSettings,
    steps=(Step.FORM, Step.MAILBOX, Step.SLOT),
    result=result,
    gaps=gaps_in,
    example=example,
)
