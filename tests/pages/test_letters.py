"""The mails: two parts that say the same, nothing that is fetched, no word that becomes markup."""

import re
from dataclasses import replace
from html import unescape

import pytest

from leadstone.infra.letterhead import DeliveryLetter, Letter, MailingLetter, render
from leadstone.kernel.colour import contrast
from leadstone.kernel.language import Language
from tests.pages.gallery import POLISH, brand
from tests.pages.markup import read

CONFIRM = "https://cieplo.example/c/" + "Ab3_-" * 30 + "?lang=pl"
HOSTILE = "\"'><script>alert(1)</script> {{ 7 * 7 }} %(title)s <b>[x](https://evil.example)"


def delivery(*, again: bool = False, title: str = POLISH.title) -> Letter:
    return DeliveryLetter(
        title=title,
        kind="guide",
        confirm_url=CONFIRM,
        code="048291",
        magnet_url="https://cieplo.example/m/poradnik",
        my_url="https://cieplo.example/my/token",
        again=again,
    )


def mailing(words: str = "Four houses never lit the boiler.") -> Letter:
    return MailingLetter(
        subject="Three winters, one bill",
        paragraphs=("This month we opened eleven bills.", words),
        leave_url="https://cieplo.example/u/token",
        because="Send me one letter a month.",
    )


LETTERS = {"delivery": delivery(), "link_again": delivery(again=True), "mailing": mailing()}


def links(text: str) -> set[str]:
    return set(re.findall(r"https?://[^\s\"<>]+", text))


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("language", list(Language))
def test_both_parts_carry_the_same_links_and_the_html_no_others(letter: Letter, language: Language) -> None:
    made = render(letter, brand=brand(), language=language)
    found = read(made.html)
    hrefs = {unescape(each) for each in found.values("href")}

    assert links(made.text) == hrefs
    assert all(each.startswith("https://cieplo.example/") for each in hrefs)


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_fetched_when_a_mail_is_opened(letter: Letter, language: Language) -> None:
    made = render(letter, brand=brand(), language=language)
    found = read(made.html)

    assert {tag for tag, _ in found.elements} & {"img", "script", "iframe", "form", "object", "video"} == set()
    assert found.values("src") == found.values("background") == []
    assert [attrs for tag, attrs in found.elements if tag == "link"] == []
    assert "url(" not in made.html
    assert "@import" not in made.html


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_the_text_part_stands_in_the_html_part_too(letter: Letter, language: Language) -> None:
    made = render(letter, brand=brand(), language=language)
    shown = " ".join(read(made.html).text.split())

    for line in made.text.splitlines():
        words = line.strip().removesuffix(":")
        if words and not words.startswith("http"):
            assert " ".join(re.sub(r"https?://\S+", "", words).split()) in shown.replace("https://cieplo.example/m/poradnik", "")


def test_the_six_digits_are_whole_in_both_parts() -> None:
    made = render(delivery(), brand=brand(), language="pl")

    assert "048291" in made.text.split()
    assert "048291" in read(made.html).text


def test_a_delivery_names_the_sender_its_address_and_why_it_came() -> None:
    text = render(delivery(), brand=brand(), language="pl").text

    assert "Ciepło Polskie, ul. Prosta 1, 00-838 Warszawa" in text
    assert "wpisano na tej stronie: https://cieplo.example/m/poradnik" in text


def test_only_marketing_can_be_left() -> None:
    assert "/u/" in render(mailing(), brand=brand(), language="en").text
    assert "/u/" not in render(delivery(), brand=brand(), language="en").text


def test_a_new_link_says_that_it_was_asked_for() -> None:
    assert "the new link that you asked for" in render(delivery(again=True), brand=brand(), language="en").text
    assert "the new link that you asked for" not in render(delivery(), brand=brand(), language="en").text


@pytest.mark.parametrize("letter", [delivery(title=HOSTILE), mailing(HOSTILE)], ids=["title", "paragraph"])
def test_no_word_becomes_markup_or_a_template(letter: Letter) -> None:
    made = render(letter, brand=brand(company=HOSTILE), language="en")
    found = read(made.html)

    assert [tag for tag, _ in found.elements if tag in {"script", "b"}] == []
    assert "https://evil.example" not in " ".join(found.values("href"))
    assert "49" not in made.text.replace("048291", "")
    assert HOSTILE in made.text


@pytest.mark.parametrize("colour", ["#ffd400", "#ffffff", "#000000", "", "nonsense"])
def test_the_button_reads_in_any_colour_of_the_company(colour: str) -> None:
    made = render(delivery(), brand=brand(colour=colour), language="en")
    button = re.search(r'bgcolor="(#[0-9a-f]{6})"[^>]*>\s*<a[^>]*?[;"\s]color:\s*(#[0-9a-f]{6})', made.html)

    assert button is not None
    assert contrast(button[1], button[2]) >= 4.5


@pytest.mark.parametrize("language", list(Language))
def test_the_mail_names_its_language(language: Language) -> None:
    elements = read(render(delivery(), brand=brand(), language=language).html).elements

    assert next(attrs for tag, attrs in elements if tag == "html")["lang"] == language.value


def test_a_subject_is_one_line_of_the_title_and_an_invitation() -> None:
    assert render(delivery(), brand=brand(), language="pl").subject == f"{POLISH.title} – otwórz tutaj"
    assert render(mailing(), brand=brand(), language="en").subject == "Three winters, one bill"


@pytest.mark.parametrize(
    ("kind", "call", "button"),
    [
        ("guide", "open it here", "Open it"),
        ("newsletter", "confirm that you want these letters", "Confirm that you want these letters"),
        ("sample", "confirm where we send it", "Yes, send it to me"),
        ("trial", "begin it here", "Begin my trial"),
        ("discount_club", "your code is here", "Show me the code"),
        ("free_shipping", "your code is here", "Show me the code"),
    ],
)
def test_the_first_mail_says_what_its_button_does(kind: str, call: str, button: str) -> None:
    letter = replace(delivery(), kind=kind)
    made = render(letter, brand=brand(), language="en")
    polish = render(letter, brand=brand(), language="pl")

    assert made.subject.endswith(f"– {call}")
    assert f"{button}:\nhttps://" in made.text
    assert button not in polish.text
    assert not polish.subject.endswith(call)
