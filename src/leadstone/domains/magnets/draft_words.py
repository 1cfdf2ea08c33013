"""The sentences that a draft begins with, in each language that visitors read. They become the marketer's own text.

Placeholders: {company}, {subject} and {object} (the kind of magnet in its two cases), {months}, {pages}, {title}, {points}.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leadstone.wire.definition import FieldKey


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """Everything that a draft says and that no document can know."""

    pages: Callable[[int], str]
    joined: Callable[[list[str]], str]
    promise_from_points: str
    promise_from_pages: str
    promise_from_nothing: str
    email_reason: str
    delivery_step: str
    question_step: str
    letter_step: str
    letter_box: str
    sells: str
    scored: str
    without_marketing: str
    deletion: str
    untitled: str
    copied: str  # {title}
    address_reasons: Mapping[FieldKey, str]  # for what is sent by post


def _english_pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _polish_pages(count: int) -> str:
    if count == 1:
        return "1 strona"
    few = count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14}
    return f"{count} strony" if few else f"{count} stron"


def _list(parts: list[str], *, last: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


DRAFT_WORDS: Mapping[str, DraftWords] = {
    "en": DraftWords(
        pages=_english_pages,
        joined=lambda parts: _list(parts, last="and"),
        promise_from_points="What is inside: {points}.",
        promise_from_pages="“{title}”: {pages} to read at your own pace.",
        promise_from_nothing="“{title}”: one file to read at your own pace.",
        email_reason="to send you {object}",
        delivery_step="One mail with your link.",
        question_step="One question after a week: did you get what was promised?",
        letter_step="One letter a month.",
        letter_box="Also send me one letter a month from {company}.",
        sells="We give it away because we hope that some readers become customers of {company}.",
        scored="We rate how reliable an answer is (does the address work, is it complete), to know whom to help first."
        " You may object.",
        without_marketing="Leave the box empty: {subject} comes all the same.",
        deletion="After {months} quiet months, or with one click in the mail.",
        untitled="Untitled",
        copied="{title} (copy)",
        address_reasons={
            FieldKey.NAME: "for the label of the parcel",
            FieldKey.STREET: "one parcel goes there, and nothing else",
            FieldKey.POSTCODE: "for the post",
            FieldKey.CITY: "for the post",
            FieldKey.COUNTRY: "only if it is not Poland",
        },
    ),
    "pl": DraftWords(
        pages=_polish_pages,
        joined=lambda parts: _list(parts, last="i"),
        promise_from_points="W środku: {points}.",
        promise_from_pages="„{title}”: {pages} do spokojnej lektury.",
        promise_from_nothing="„{title}”: jeden plik do spokojnej lektury.",
        email_reason="żeby wysłać Ci {object}",
        delivery_step="Jeden e-mail z Twoim linkiem.",
        question_step="Jedno pytanie po tygodniu: czy to, co obiecaliśmy, do Ciebie dotarło?",
        letter_step="Jeden list w miesiącu.",
        letter_box="Chcę też dostawać jeden list w miesiącu od {company}.",
        sells="Dajemy to za darmo, bo liczymy, że część czytelników zostanie klientami {company}.",
        scored="Oceniamy, na ile odpowiedź jest wiarygodna (czy adres działa, czy dane są pełne), żeby wiedzieć, komu pomóc"
        " najpierw. Możesz się temu sprzeciwić.",
        without_marketing="Zostaw pole puste: {subject} przyjdzie i tak.",
        deletion="Po {months} miesiącach ciszy albo jednym kliknięciem w e-mailu.",
        untitled="Bez tytułu",
        copied="{title} (kopia)",
        address_reasons={
            FieldKey.NAME: "na etykietę paczki",
            FieldKey.STREET: "idzie tam jedna paczka i nic więcej",
            FieldKey.POSTCODE: "dla poczty",
            FieldKey.CITY: "dla poczty",
            FieldKey.COUNTRY: "tylko jeśli to nie Polska",
        },
    ),
}
