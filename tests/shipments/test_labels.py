"""Labels, read back from the PDF that the printer gets."""

import pypdfium2
import pytest

from leadstone.infra.labels import SHEETS, Label, labels_pdf

ANN = Label(lines=("Ann Żółw", "ul. Świętojańska 12 m. 3", "80-001 Gdańsk"), mark="7")


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_every_polish_letter_comes_out_on_every_sheet(sheet: str) -> None:
    letters = "Zażółć Gęślą Jaźń ĄĆĘŁŃÓŚŹŻ"
    (text,) = pages_of(labels_pdf([Label(lines=(letters, "ul. Piękna 1", "00-549 Warszawa"))], sheet=SHEETS[sheet]))

    assert letters in text
    assert "00-549 Warszawa" in text


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_the_paper_has_the_size_of_the_sheet(sheet: str) -> None:
    page = pypdfium2.PdfDocument(labels_pdf([ANN], sheet=SHEETS[sheet]))[0]

    assert page.get_width() == pytest.approx(SHEETS[sheet].width / 25.4 * 72, abs=0.5)
    assert page.get_height() == pytest.approx(SHEETS[sheet].height / 25.4 * 72, abs=0.5)


def test_a_used_sheet_is_begun_where_it_is_free_and_goes_on_overleaf() -> None:
    labels = [Label(lines=(f"Person {n}", "Street 1", "00-549 Town")) for n in range(4)]
    pages = pages_of(labels_pdf(labels, sheet=SHEETS["a4-3x8"], start=23))

    assert len(pages) == 2
    assert "Person 1" in pages[0]
    assert "Person 2" not in pages[0]
    assert "Person 3" in pages[1]


def test_a_label_stands_at_its_place() -> None:
    sheet = SHEETS["a4-2x7"]
    page = pypdfium2.PdfDocument(labels_pdf([ANN], sheet=sheet, start=4))[0]
    text = page.get_textpage()
    left, bottom, _right, _top = text.get_charbox(0)

    assert left / 72 * 25.4 > sheet.left + sheet.label_width  # the second column
    assert (page.get_height() - bottom) / 72 * 25.4 > sheet.top + sheet.label_height  # the second row


@pytest.mark.parametrize(
    "line",
    ["#set page(width: 1cm)", '#import "@preview/x"', "*bold* _em_ $x^2$ `code` <tag> @ref", "\\#{", "=HYPERLINK(1)", "🏠 12"],
)
def test_what_people_typed_is_printed_and_never_run(line: str) -> None:
    pdf = labels_pdf([Label(lines=("Ann", line, "00-549 Warszawa"))], sheet=SHEETS["a4-3x8"])

    (text,) = pages_of(pdf)
    assert "00-549 Warszawa" in text
    assert "🏠" in line or line.replace(" ", "") in text.replace(" ", "")
    assert pypdfium2.PdfDocument(pdf)[0].get_width() == pytest.approx(210 / 25.4 * 72, abs=0.5)


def test_two_thousand_letters_are_set_smaller_and_stay_on_their_label() -> None:
    long = " ".join(["Bardzodługaulica"] * 120)
    pdf = labels_pdf([Label(lines=("Ann", long, "00-549 Warszawa")), ANN], sheet=SHEETS["a4-3x8"])

    assert len(pages_of(pdf)) == 1
    assert "Gdańsk" in pages_of(pdf)[0]
