"""A trial subscription: something of ours to use for some days, that ends by itself and turns into no payment."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import available_timezones

import msgspec

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Example, Kind, KindWords, Outcome, Sent, Shared, Step
from leadstone.wire.definition import Channel, MagnetDefinition, NextStep

MOST_DAYS = 365
LONGEST_END = 600


class TrialTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long it lasts, how somebody gets in, and what happens at the end."""

    days: int = 14
    zone: str = "Europe/Warsaw"  # by whose clock the days are counted (IANA name)
    remind_days: int = 3  # so many days before the end comes a reminder; 0: none
    at_end: str = ""  # in the marketer's words; stands on the page of the trial and in both letters
    start_url: str = ""  # where the button "Start" leads
    endpoint: str = ""  # key of the webhook endpoint that opens the account; empty: the start address carries a token
    shares_email: bool = False  # whether that endpoint is told the address; the contract must say so


def terms_of(definition: MagnetDefinition) -> TrialTerms:
    """The settings; raises `msgspec.ValidationError` where they fit no trial."""
    return msgspec.convert(definition.settings, TrialTerms)


def gaps_in(terms: TrialTerms) -> Iterator[Gap]:
    """Places are "length", "end" and "start"."""
    if not 1 <= terms.days <= MOST_DAYS:
        yield Gap(GapCode.TRIAL_DAYS_WRONG, "length", {"most": str(MOST_DAYS)})
    if terms.zone not in available_timezones():
        yield Gap(GapCode.ZONE_UNKNOWN, "length", {"zone": terms.zone})
    if not 0 <= terms.remind_days < max(terms.days, 1):
        yield Gap(GapCode.TRIAL_REMINDER_WRONG, "length")
    if not terms.at_end.strip():
        yield Gap(GapCode.TRIAL_END_UNSAID, "end")
    if not terms.start_url and not terms.endpoint:
        yield Gap(GapCode.TRIAL_START_MISSING, "start")
    if terms.start_url and not _is_address(terms.start_url):
        yield Gap(GapCode.TRIAL_START_WRONG, "start")
    if terms.endpoint and not _is_key(terms.endpoint):
        yield Gap(GapCode.TRIAL_START_MISSING, "start")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not parts.username and " " not in text


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


_EXAMPLES: Mapping[str, tuple[str, str, str, tuple[str, ...], str]] = {
    "en": (
        "Our app, 14 days to try",
        "Everything in it, for 14 days. No card, no payment that begins by itself.",
        "After 14 days your access ends by itself. Nothing is charged. If you want to go on, you choose a plan yourself.",
        (
            "At once: one mail with your way in.",
            "One reminder by mail three days before the end, and one mail when it has ended.",
        ),
        "You need not agree to letters or offers: the trial comes all the same.",
    ),
    "pl": (
        "Nasza aplikacja, 14 dni na próbę",
        "Wszystkie funkcje przez 14 dni. Bez karty i bez opłat, które zaczynają się same.",
        "Po 14 dniach dostęp po prostu wygasa. Nic nie pobieramy. Jeśli chcesz zostać, sam wybierasz plan.",
        (
            "Od razu: jedna wiadomość z dostępem.",
            "Jedno przypomnienie e-mailem na trzy dni przed końcem i jedna wiadomość, gdy okres próbny się skończy.",
        ),
        "Nie musisz zgadzać się na listy ani oferty: okres próbny dostaniesz tak samo.",
    ),
}


def example(language: str) -> Example:
    title, promise, at_end, steps, without_marketing = _EXAMPLES[language]
    settings: dict[str, Any] = {"days": 14, "remind_days": 3, "at_end": at_end}
    told = tuple(NextStep(channel=Channel.EMAIL, text=text) for text in steps)
    return Example(title, promise, settings, steps=told, without_marketing=without_marketing)


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """The trial lives in the database: nothing of it is known here."""
    return Outcome()


KIND = Kind(
    name="Trial",
    rank=90,
    words={
        "en": KindWords(
            name="Trial",
            subject="the trial",
            object="your way in",
            button="Start my trial",
            you_get="The whole of it for some days, to really use. It ends by itself, and nothing is charged.",
            delivery="One mail with your way in.",
        ),
        "pl": KindWords(
            name="Okres próbny",
            subject="okres próbny",
            object="Twój dostęp",
            button="Zacznij okres próbny",
            you_get="Pełny dostęp na kilka dni, do prawdziwego używania. Kończy się sam i nic nie kosztuje.",
            delivery="Jedna wiadomość z dostępem.",
        ),
    },
    sends=(
        Sent(
            channel=Channel.EMAIL,
            told_by="remind|przypom",
            sentences={"en": "One reminder by mail before the end.", "pl": "Jedno przypomnienie e-mailem przed końcem."},
            sent_if=lambda settings: bool(settings.get("remind_days", True)),
        ),
        Sent(
            channel=Channel.EMAIL,
            told_by=r"\bend(?:s|ed)?\b|skończ|kończ|koniec|końc",
            sentences={"en": "One mail when the trial has ended.", "pl": "Jedna wiadomość, gdy okres próbny się skończy."},
        ),
    ),
    shares=(
        Shared(
            told_by=r"(address|adres|e-?mail).*(system|account|\bapp\b|konto|kont[ae]|aplikac)",
            sentences={
                "en": "Your address goes to the system that opens your trial account, and nowhere else.",
                "pl": "Twój adres trafia do systemu, który otwiera konto próbne, i nigdzie indziej.",
            },
            shared_if=lambda settings: bool(settings.get("shares_email")) and bool(settings.get("endpoint")),
        ),
    ),
    media_types=frozenset(),
    settings=TrialTerms,
    steps=(Step.FORM, Step.MAILBOX, Step.TRIAL),
    result=result,
    gaps=gaps_in,
    example=example,
)
