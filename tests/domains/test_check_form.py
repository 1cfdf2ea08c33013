"""What a form may say, decided alike by the edge and by the core."""

import pytest

from leadstone.domains.capture.rules import FormError, check_form
from leadstone.wire.definition import AskedField, Channel, ConsentOffer, Contract, FieldKey, MagnetDefinition, Purpose

GUIDE = MagnetDefinition(
    kind="guide",
    language="en",
    title="Heating without gas",
    contract=Contract(
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="to send the guide", required=True),
            AskedField(key=FieldKey.NAME, reason="to address you", required=True),
            AskedField(key=FieldKey.PHONE, reason="to call back if you ask"),
            AskedField(key=FieldKey.QUESTION, reason="to answer it"),
        ),
        consents=(
            ConsentOffer(key="newsletter-email", purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, text="Write to me monthly"),
        ),
    ),
)
GOOD = {"email": "ann@example.com", "name": "Ann Nowak"}


def test_a_good_form_is_accepted_and_trimmed() -> None:
    form = check_form(GUIDE, {"email": " ann@example.com ", "name": "  Ann \t Nowak\n"}, ["newsletter-email"], "en")
    assert form.accepted
    assert form.answers == GOOD
    assert form.ticked == ("newsletter-email",)


def test_what_was_not_asked_is_not_kept() -> None:
    form = check_form(GUIDE, {**GOOD, "position": "boss", "religion": "none"}, ["newsletter-email", "sms-everything"], "en")
    assert form.answers == GOOD
    assert form.ticked == ("newsletter-email",)


def test_nothing_is_ticked_for_anybody() -> None:
    assert check_form(GUIDE, GOOD, [], "en").ticked == ()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("email", "", FormError.MISSING),
        ("email", "ann@", FormError.NOT_AN_ADDRESS),
        ("email", "a" * 300 + "@example.com", FormError.TOO_LONG),
        ("name", "   ", FormError.MISSING),
        ("name", "A" * 10_000, FormError.TOO_LONG),
        ("name", "Ann\x00", FormError.UNREADABLE),
        ("name", "Ann \ud800", FormError.UNREADABLE),
        ("phone", "call me", FormError.NOT_A_PHONE),
        ("phone", "1" * 60, FormError.TOO_LONG),
        ("question", "why? " * 1000, FormError.TOO_LONG),
    ],
)
def test_what_is_wrong_is_named_beside_its_field_and_what_was_typed_is_kept(field: str, value: str, error: FormError) -> None:
    form = check_form(GUIDE, {**GOOD, field: value}, [], "en")
    assert form.errors == {field: error}
    assert form.answers.get(field, "") == " ".join(value.split())


@pytest.mark.parametrize("name", ["محمد علي", "🙂 Ann", "\u202eEvil", "李", "A" * 200])
def test_any_script_and_emoji_may_be_a_name(name: str) -> None:
    assert check_form(GUIDE, {**GOOD, "name": name}, [], "en").accepted


def test_the_address_is_required_even_if_a_contract_forgot_it() -> None:
    bare = MagnetDefinition(kind="guide", language="en", title="x", contract=Contract())
    assert check_form(bare, {}, [], "en").errors == {"email": FormError.MISSING}
    assert check_form(bare, {"email": "ann@example.com"}, [], "en").accepted


def test_lines_of_a_question_survive() -> None:
    form = check_form(GUIDE, {**GOOD, "question": " one\r\ntwo "}, [], "en")
    assert form.answers["question"] == "one\ntwo"
