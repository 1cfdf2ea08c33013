"""A product sample: something real, sent by post, one to a household and only while there is stock."""

from collections.abc import Iterable, Mapping

import msgspec

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Example, Fate, Kind, KindWords, Outcome, Sent, Step
from leadstone.wire.definition import Channel, MagnetDefinition

LONGEST_PROMISE_DAYS = 60


class SampleSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is sent, what it is worth, and how soon it leaves."""

    item: str = ""  # as the label and the mails call it: "a 12 × 12 cm piece of wood-fibre board"
    worth_minor: int = 0
    currency: str = "PLN"
    within_days: int = 3  # from the proven mailbox to the post office
    remembers_household: bool = False  # declared: an unreadable mark of the household stays when everything else is deleted


def _gaps(settings: SampleSettings) -> Iterable[Gap]:
    if not settings.item.strip():
        yield Gap(GapCode.PARCEL_WITHOUT_WORDS, "parcel.item")
    if settings.worth_minor <= 0:
        yield Gap(GapCode.PARCEL_WORTH_MISSING, "parcel.worth")
    if not 1 <= settings.within_days <= LONGEST_PROMISE_DAYS:
        yield Gap(GapCode.PARCEL_DAYS_WRONG, "parcel.within_days", {"most": str(LONGEST_PROMISE_DAYS)})


def sample_settings(definition: MagnetDefinition) -> SampleSettings:
    """The settings of a sample; what another kind says of itself is nothing here."""
    return msgspec.convert(definition.settings, SampleSettings) if definition.kind == "sample" else SampleSettings()


def _nothing_to_show(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """What is given is on its way by post."""
    return Outcome()


def _example(language: str) -> Example:
    return _EXAMPLES[language]


_EXAMPLES = {
    "en": Example(
        title="Try it at home: a sample by post",
        promise="Hold it in your hands before you decide. We send one sample to each household, free of charge.",
        settings={"item": "a sample", "within_days": 3},
    ),
    "pl": Example(
        title="Sprawdź w domu: próbka pocztą",
        promise="Weź do ręki, zanim zdecydujesz. Wysyłamy jedną próbkę na gospodarstwo domowe, bezpłatnie.",
        settings={"item": "próbka", "within_days": 3},
    ),
}

KIND = Kind(
    name="Sample",
    rank=75,
    words={
        "en": KindWords(
            name="Sample",
            subject="the sample",
            object="the sample",
            button="Send me the sample",
            you_get="One sample by post, free of charge. Nothing to send back.",
            delivery="One mail now, to confirm your mailbox, and one when the parcel leaves, with its number.",
        ),
        "pl": KindWords(
            name="Próbka",
            subject="próbka",
            object="próbkę",
            button="Wyślij mi próbkę",
            you_get="Jedna próbka pocztą, bezpłatnie. Niczego nie trzeba odsyłać.",
            delivery="Teraz jeden list, żeby potwierdzić skrzynkę, i drugi, gdy paczka wyjdzie, z jej numerem.",
        ),
    },
    sends=(
        Sent(
            channel=Channel.EMAIL,
            told_by=r"parcel|on its way|\bsent\b|paczk|przesyłk|wyśle|wysył",
            sentences={
                "en": "One mail when the parcel leaves, with its number.",
                "pl": "Jeden e-mail, gdy paczka wyjdzie, z jej numerem.",
            },
        ),
    ),
    media_types=frozenset(),
    settings=SampleSettings,
    steps=(Step.FORM, Step.MAILBOX, Step.PARCEL),
    fates=frozenset(Fate),
    result=_nothing_to_show,
    gaps=_gaps,
    example=_example,
)
