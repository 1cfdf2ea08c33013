"""What a form may say, and what becomes of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from leadstone.domains.magnets.kind import Asking
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import read_answer, walk
from leadstone.kernel.address import LONGEST_ADDRESS, is_address
from leadstone.kernel.phone import LONGEST_NUMBER, read_phone
from leadstone.kernel.postal import read_postcode
from leadstone.wire.definition import AskedField, Contract, FieldKey, MagnetDefinition
from leadstone.wire.records import SubmissionReceived


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REPEATED = "repeated"  # the same form sent again: kept, without a second effect
    MACHINE = "machine"  # the trap was filled in: kept, without any effect


QUARANTINE_LASTS = timedelta(days=90)
QUARANTINE_ENDS_SOON = timedelta(days=14)
_RETRY_WAITS = tuple(timedelta(days=days) for days in (1, 2, 4, 8))


def retry_wait(*, retries: int) -> timedelta:
    """How long a record in quarantine rests after it failed and was tried again `retries` times, under the same version."""
    return _RETRY_WAITS[min(retries, len(_RETRY_WAITS) - 1)]


class FormError(StrEnum):
    """What is wrong with one field; `wire.pages` has the words."""

    MISSING = "missing"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_PHONE = "not_a_phone"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"  # control characters or half characters
    UNKNOWN_CHOICE = "unknown_choice"
    NOT_AGREED = "not_agreed"  # the form was sent, but not by the button that says yes
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"
    NOT_A_POSTCODE = "not_a_postcode"
    NO_CONSENT = "no_consent"  # an answer of a special kind without the tick that lets us use it


class CheckedForm(NamedTuple):
    """`answers` holds what was asked and answered, trimmed, also where it is wrong; nothing that was not asked."""

    answers: dict[str, str]
    ticked: tuple[str, ...]
    errors: dict[str, FormError]

    @property
    def accepted(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class ReceivedRecord:
    """A submission and the place in the journal that names it."""

    stream: str
    sequence: int
    position: int
    record: SubmissionReceived


LONGEST: Mapping[FieldKey, int] = {
    FieldKey.EMAIL: LONGEST_ADDRESS,
    FieldKey.NAME: 200,
    FieldKey.PHONE: LONGEST_NUMBER,
    FieldKey.COMPANY: 200,
    FieldKey.POSITION: 200,
    FieldKey.QUESTION: 2000,
    FieldKey.STREET: 120,
    FieldKey.POSTCODE: 20,
    FieldKey.CITY: 80,
    FieldKey.COUNTRY: 60,
}

# NUL cannot be stored, the others have no place in a form; lone surrogates cannot be encoded.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
POSTCODE, COUNTRY = str(FieldKey.POSTCODE.value), str(FieldKey.COUNTRY.value)
_EMAIL = AskedField(key=FieldKey.EMAIL, reason="", required=True)


# What only a machine does. A hurried or unproven form, or one from a browser with a crawler's name, may be a person's: losing
# a real lead without a word would be the worse mistake, so it takes effect, with what is suspected beside it.
_MACHINE_SIGNS = frozenset({"honeypot"})


def is_machine(suspicion: str) -> bool:
    """Whether what the edge suspects is enough to give a form no effect."""
    return suspicion in _MACHINE_SIGNS


class _Asked(NamedTuple):
    """One asked field as its check needs it."""

    name: str  # a plain string: an enum member as a key costs a Python call for each look-up
    required: bool
    longest: int
    trimmed: Callable[[str], str]
    error_in: Callable[[str], FormError | None] | None  # what only this field can get wrong


class FormCheck:
    """The check of one definition's form, prepared once: the edge runs it for every form that arrives."""

    def __init__(self, definition: MagnetDefinition) -> None:
        contract = definition.contract
        asks = contract.asks
        if not any(asked.key is FieldKey.EMAIL for asked in asks):
            asks = (_EMAIL, *asks)
        self._asks = [_prepared(asked) for asked in asks]
        self._offered = [offer.key for offer in contract.consents]
        self._posts = any(asked.key is FieldKey.POSTCODE for asked in asks)
        self._by_button = [offer.key for offer in contract.consents if offer.by_button]

    @classmethod
    def of_fields(cls, asked: Sequence[AskedField]) -> "FormCheck":
        """The check of these fields and no others."""
        made = cls(MagnetDefinition(kind="", language="", title="", contract=Contract(asks=(*asked, _EMAIL))))
        made._asks = [each for each in made._asks if each.name != FieldKey.EMAIL]
        return made

    def check(self, answers: Mapping[str, str], ticked: Sequence[str]) -> CheckedForm:
        """As `check_form` says."""
        kept: dict[str, str] = {}
        errors: dict[str, FormError] = {}
        for name, required, longest, trimmed, error_in in self._asks:
            value = trimmed(answers.get(name, ""))
            if not value:
                if required:
                    errors[name] = FormError.MISSING
                continue
            kept[name] = value
            if len(value) > longest:
                errors[name] = FormError.TOO_LONG
            # Printable text, as nearly all is, holds none of those that the pattern looks for.
            elif not value.isprintable() and _UNREADABLE.search(value):
                errors[name] = FormError.UNREADABLE
            elif error_in and (error := error_in(value)):
                errors[name] = error
        for key in self._by_button:
            if key not in ticked:
                errors[key] = FormError.NOT_AGREED
        if self._posts:
            _read_postcode_in(kept, errors)
        return CheckedForm(kept, tuple([key for key in self._offered if key in ticked]), errors)


class AskingCheck(FormCheck):
    """The check of a form that comes after questions: an answer for each on its way, and for nothing beside it."""

    def __init__(self, definition: MagnetDefinition, asking: Asking) -> None:
        super().__init__(definition)
        self._questions = asking.questions(definition)

    def check(self, answers: Mapping[str, str], ticked: Sequence[str]) -> CheckedForm:
        form = super().check(answers, ticked)
        way = walk(self._questions, answers)
        if way.waiting is not None and way.error is not None:
            form.errors[way.waiting.name] = FormError(way.error.value)
        return form._replace(answers={**form.answers, **way.answers})


class OnFormCheck(FormCheck):
    """The check of a form with questions of its own: each is looked at, whatever is wrong with the others."""

    def __init__(self, definition: MagnetDefinition, asking: Asking) -> None:
        super().__init__(definition)
        self._questions = asking.questions(definition)

    def check(self, answers: Mapping[str, str], ticked: Sequence[str]) -> CheckedForm:
        form = super().check(answers, ticked)
        for question in self._questions:
            answer, error = read_answer(question, answers.get(question.name, ""))
            if error:
                form.errors[question.name] = FormError(error.value)
            elif answer:
                form.answers[question.name] = answer
        return form


def form_check(definition: MagnetDefinition) -> FormCheck:
    """The check of one definition's form; a form without questions pays nothing for those that have some."""
    kind = KINDS.get(definition.kind)
    if kind is None or kind.asking is None:
        return FormCheck(definition)
    return OnFormCheck(definition, kind.asking) if kind.asking.on_form else AskingCheck(definition, kind.asking)


def check_fields(asked: Sequence[AskedField], answers: Mapping[str, str]) -> CheckedForm:
    """Judge a few fields outside of a magnet's form by the same rules; no address of mail is asked."""
    return FormCheck.of_fields(asked).check(answers, ())


def check_form(definition: MagnetDefinition, answers: Mapping[str, str], ticked: Sequence[str], language: str) -> CheckedForm:
    """Judge a form as the edge does before it acknowledges, and the core after it. The address is always required.

    Boxes that were not offered count as not ticked. `language` is that of the page: the words of the errors follow it, the
    rules do not, so that nobody is refused for reading in another language.
    """
    return form_check(definition).check(answers, ticked)


def _prepared(asked: AskedField) -> _Asked:
    key = asked.key
    return _Asked(
        name=str(key.value),
        required=asked.required or key is FieldKey.EMAIL,
        longest=LONGEST[key],
        trimmed=_trimmed_text if key is FieldKey.QUESTION else _trimmed_line,
        error_in={FieldKey.EMAIL: _error_in_address, FieldKey.PHONE: _error_in_phone}.get(key),
    )


def _trimmed_line(value: str) -> str:
    return " ".join(value.split())


def _trimmed_text(value: str) -> str:
    return value.strip().replace("\r\n", "\n").replace("\r", "\n")


def _error_in_address(value: str) -> FormError | None:
    return None if is_address(value) else FormError.NOT_AN_ADDRESS


def _read_postcode_in(kept: dict[str, str], errors: dict[str, FormError]) -> None:
    """The postcode as the post of its country writes it."""
    typed = kept.get(POSTCODE, "")
    if not typed or POSTCODE in errors:
        return
    read = read_postcode(typed, country=kept.get(COUNTRY, ""))
    if read is None:
        errors[POSTCODE] = FormError.NOT_A_POSTCODE
    else:
        kept[POSTCODE] = read


def _error_in_phone(value: str) -> FormError | None:
    return FormError.NOT_A_PHONE if read_phone(value) is None else None
