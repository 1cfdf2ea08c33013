"""The form and the exchange beside it: the author's words, the visitor's words, and what is wrong with them."""

import html

import msgspec
import pytest

from leadstone.domains.capture.rules import FormError
from leadstone.kernel.language import Language
from leadstone.wire.definition import FieldKey, MagnetDefinition
from leadstone.wire.pages import Pages
from leadstone.wire.pages.form_view import FormName, Notice
from tests.pages.gallery import ENGLISH, EVERYTHING_ASKED, POLISH, bundle_of, galleries
from tests.pages.markup import Markup, read

POLYGLOTS = (
    "\"'><script>alert(1)</script>",
    "</title></textarea><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "%(title)s %s %",
    "javascript:alert(1)//",
    "\u202egnirts\u0000 אבג 👩‍🔧 ﷽",
)


def _field(found: Markup, key: str) -> dict[str, str | None]:
    return next(attrs for tag, attrs in found.elements if tag in {"input", "textarea"} and attrs.get("name") == key)


@pytest.mark.parametrize("definition", [ENGLISH, POLISH], ids=["en", "pl"])
@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_the_contract_stands_on_the_page_as_it_was_written(
    definition: MagnetDefinition, language: Language
) -> None:
    page = galleries()[language].magnet(definition)

    contract = definition.contract
    said = [contract.you_get, contract.sells, contract.scored, contract.without_marketing, contract.deletion]
    said += [asked.reason for asked in contract.asks]
    said += [step.text for step in contract.next_steps]
    said += [offer.text for offer in contract.consents]
    for words in said:
        assert html.escape(words) in page, words


@pytest.mark.parametrize("hostile", POLYGLOTS)
def test_no_word_of_the_author_can_become_markup(hostile: str) -> None:
    poisoned = _poisoned(ENGLISH, hostile)
    gallery = galleries()[Language.ENGLISH]
    version = gallery.version
    shown = [
        gallery.magnet(poisoned),
        Pages(bundle_of(poisoned)).index(language=Language.ENGLISH),
        gallery.pages.thanks(msgspec.structs.replace(version, definition=poisoned), "guide", "r", language=Language.ENGLISH),
        gallery.pages.confirm(msgspec.structs.replace(version, definition=poisoned), "guide", "t", language=Language.ENGLISH),
        gallery.pages.gone(msgspec.structs.replace(version, definition=poisoned), language=Language.ENGLISH),
    ]

    for page in shown:
        found = read(page)
        assert found.faults == []
        assert [tag for tag, _ in found.elements if tag == "script"] == []
        assert [name for _, attrs in found.elements for name in attrs if name.startswith("on")] == []
        assert "49" not in found.text


@pytest.mark.parametrize("hostile", POLYGLOTS)
def test_what_was_typed_comes_back_as_text_and_nothing_else(hostile: str) -> None:
    typed = dict.fromkeys(FieldKey, hostile)
    page = galleries()[Language.ENGLISH].magnet(EVERYTHING_ASKED, typed=typed, errors={"email": "not_an_address"}, origin=hostile)
    found = read(page)

    assert found.faults == []
    assert [tag for tag, _ in found.elements if tag == "script"] == []
    # An HTML parser replaces NUL; everything else arrives as it was sent.
    assert (_field(found, "name")["value"] or "").replace("�", "\0") == hostile
    assert _field(found, FormName.ORIGIN)["value"] == hostile


@pytest.mark.parametrize("error", list(FormError))
@pytest.mark.parametrize("language", list(Language))
def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(error: FormError, language: Language) -> None:
    found = read(galleries()[language].magnet(typed={"email": "ann@", "name": "Ann"}, errors={"email": error}))
    field = _field(found, "email")

    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "e-email"
    assert field["value"] == "ann@"
    assert "e-email" in found.values("id")
    assert "aria-invalid" not in _field(found, "name")
    assert "#f-email" in found.values("href")


def test_the_summary_of_errors_comes_before_the_first_field() -> None:
    found = read(galleries()[Language.ENGLISH].magnet(errors={"email": "missing"}))
    order = [attrs.get("role") or attrs.get("name") for _, attrs in found.elements]

    assert order.index("alert") < order.index("email")


def test_no_box_is_ticked_for_anybody() -> None:
    found = read(galleries()[Language.ENGLISH].magnet())
    boxes = [attrs for _, attrs in found.elements if attrs.get("type") == "checkbox"]

    assert [attrs["value"] for attrs in boxes] == ["newsletter-email"]
    assert all("checked" not in attrs for attrs in boxes)


def test_a_box_that_somebody_ticked_stays_ticked_when_the_form_comes_back() -> None:
    found = read(galleries()[Language.ENGLISH].magnet(ticked=frozenset({"newsletter-email"}), errors={"email": "missing"}))

    assert ["checked" in attrs for _, attrs in found.elements if attrs.get("type") == "checkbox"] == [True]


def test_the_browser_may_fill_in_what_it_knows() -> None:
    found = read(galleries()[Language.ENGLISH].magnet(EVERYTHING_ASKED))
    told = {key: _field(found, key).get("autocomplete") for key in FieldKey}

    assert told == {
        "email": "email",
        "name": "name",
        "phone": "tel",
        "company": "organization",
        "position": "organization-title",
        "question": None,
        "street": "address-line1",
        "postcode": "postal-code",
        "city": "address-level2",
        "country": "country-name",
    }


def test_the_trap_is_hidden_from_people_and_from_screen_readers() -> None:
    page = galleries()[Language.ENGLISH].magnet()
    found = read(page)
    trap = _field(found, FormName.TRAP)

    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert '<div class="trap" aria-hidden="true">' in page


def test_the_script_is_only_there_when_a_proof_is_asked_for() -> None:
    gallery = galleries()[Language.ENGLISH]

    assert "<script" not in gallery.magnet()
    assert "<script" not in gallery.magnet(notice=Notice.STALE)
    assert read(gallery.magnet(challenge="{}")).values("src")[-1:] == ["/s/proof.js"]


def test_a_form_under_pressure_says_what_happens_without_javascript() -> None:
    assert "Without JavaScript it is sent too" in galleries()[Language.ENGLISH].magnet(challenge="{}")


@pytest.mark.parametrize("notice", list(Notice))
@pytest.mark.parametrize("language", list(Language))
def test_every_notice_has_words_and_loses_nothing(notice: Notice, language: Language) -> None:
    found = read(galleries()[language].magnet(notice=notice, typed={"email": "ann@example.com"}))

    assert any(attrs.get("role") == "alert" for _, attrs in found.elements)
    assert _field(found, "email")["value"] == "ann@example.com"


@pytest.mark.parametrize("code_error", ["wrong", "too_many", "not_yet"])
def test_the_six_digits_are_typed_on_a_number_pad_and_their_error_is_told(code_error: str) -> None:
    gallery = galleries()[Language.ENGLISH]
    found = read(gallery.pages.thanks(gallery.version, "guide", "ref", language=Language.ENGLISH, code_error=code_error))
    code = _field(found, "code")

    assert (code["inputmode"], code["autocomplete"]) == ("numeric", "one-time-code")
    assert code["aria-describedby"] == "code-error code-help"
    assert {"code-error", "code-help"} <= set(found.values("id"))


def _poisoned(definition: MagnetDefinition, words: str) -> MagnetDefinition:
    """`definition` with `words` in every place where an author writes."""
    contract = definition.contract
    replace = msgspec.structs.replace
    return replace(
        definition,
        **dict.fromkeys(("kind", "title", "promise", "proof", "button"), words),
        points=(words, words),
        contract=replace(
            contract,
            **dict.fromkeys(("you_get", "sells", "scored", "without_marketing", "deletion"), words),
            without_email_url="",
            asks=tuple(replace(asked, reason=words) for asked in contract.asks),
            next_steps=tuple(replace(step, text=words) for step in contract.next_steps),
            consents=tuple(replace(offer, key=words, text=words) for offer in contract.consents),
        ),
    )
