"""Reading a PDF with pdfium: title, headings, first paragraph, cover."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from leadstone.infra.documents.covers import encode_cover
from leadstone.infra.documents.report import Refusal, Refused, Report
from leadstone.infra.documents.texts import clean, guess_language
from leadstone.kernel.document import DocumentFacts, MediaType

PAGES_READ = 20
CHARACTERS_A_PAGE = 5000
MOST_HEADINGS = 40
COVER_PIXELS = 960  # rendered twice as wide as it is shown, so that small letters survive
_MADE_BY_PROGRAMS = re.compile(
    r"^(microsoft |untitled|bez tytułu|document\d*$|dokument\d*$|slajd|slide)|\.(docx?|odt|indd|pptx?|pdf|qxd|tex)$", re.I
)
_NOISE = re.compile(r"\.{4,}|©|isbn|https?://|www\.|@", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; `size` is the height of its letters in points, `gap` the space above it."""

    text: str
    size: float
    gap: float
    page: int


def read_pdf(path: Path) -> Report:
    """What the PDF says; one that will not open gives the type alone. Raises `Refused` when it wants a password."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as refused:
        if refused.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Refused(Refusal.ENCRYPTED) from refused
        return Report(facts=DocumentFacts(media_type=MediaType.PDF, readable=False))
    try:
        return _read(document)
    except pdfium.PdfiumError:
        return Report(facts=DocumentFacts(media_type=MediaType.PDF, readable=False))
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> Report:
    if len(document) == 0:
        return Report(facts=DocumentFacts(media_type=MediaType.PDF, readable=False))
    lines = [line for number in range(min(len(document), PAGES_READ)) for line in _lines_of(document, number)]
    body = _body_size(lines)
    title = _title(document, lines)
    text = " ".join(line.text for line in lines)
    return Report(
        facts=DocumentFacts(
            media_type=MediaType.PDF,
            title=title,
            lead=_lead(lines, body=body, title=title),
            headings=_headings(document, lines, body=body, title=title),
            excerpt=clean(text, limit=2000),
            language=guess_language(text[:20_000]),
            pages=len(document),
        ),
        cover=_cover(document),
    )


def _lines_of(document: pdfium.PdfDocument, number: int) -> list[Line]:
    page = document[number]
    page_text = page.get_textpage()
    lines: list[Line] = []
    letters: list[str] = []
    heights: Counter[float] = Counter()
    top, bottom, above = 0.0, 0.0, page.get_height()
    for index in range(min(page_text.count_chars(), CHARACTERS_A_PAGE)):
        code = pdfium_c.FPDFText_GetUnicode(page_text, index)
        letter = chr(code) if code and not 0xD800 <= code <= 0xDFFF and code <= 0x10FFFF else " "
        if letter in "\r\n":
            if letters:
                lines.append(_line(letters, heights, gap=above - top, page=number))
                above = bottom
            letters, heights = [], Counter()
            continue
        if not letter.isspace():
            _, low, _, high = page_text.get_charbox(index, loose=True)
            if not heights:
                top = high
            bottom = low
            heights[round((high - low) * 2) / 2] += 1
        letters.append(letter)
    if letters:
        lines.append(_line(letters, heights, gap=above - top, page=number))
    page_text.close()
    page.close()
    return [line for line in lines if line.text]


def _line(letters: list[str], heights: Counter[float], *, gap: float, page: int) -> Line:
    size = heights.most_common(1)[0][0] if heights else 0.0
    return Line("".join(letters).strip(), size, gap, page)


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _title(document: pdfium.PdfDocument, lines: list[Line]) -> str:
    declared = clean(document.get_metadata_value("Title"), limit=200)
    if len(declared) >= 4 and " " in declared and not _MADE_BY_PROGRAMS.search(declared):
        return declared
    first_page = [line for line in lines if line.page == 0 and len(line.text) > 2]
    if not first_page:
        return ""
    largest = max(line.size for line in first_page)
    start = next(number for number, line in enumerate(first_page) if line.size == largest)
    wrapped = [first_page[start].text]
    for line in first_page[start + 1 : start + 4]:
        if line.size != largest:
            break
        wrapped.append(line.text)
    return clean(" ".join(wrapped), limit=200)


def _headings(document: pdfium.PdfDocument, lines: list[Line], *, body: float, title: str) -> tuple[str, ...]:
    outlined = [clean(entry.get_title() or "", limit=160) for entry in document.get_toc(max_depth=2)]
    found = [text for text in outlined if text]
    if len(found) < 2:
        found = [clean(line.text, limit=160) for line in lines if line.size >= body * 1.12 and 3 < len(line.text) < 140]
    title_words = title.casefold()
    wanted = [text for text in dict.fromkeys(found) if text.casefold() not in title_words and re.search(r"[^\W\d_]{3}", text)]
    return tuple(wanted[:MOST_HEADINGS])


def _lead(lines: list[Line], *, body: float, title: str) -> str:
    """The first paragraph long enough to say something, from the first four pages."""
    for paragraph in _paragraphs([line for line in lines if line.page < 4], body=body):
        text = clean(paragraph, limit=600)
        if len(text) >= 60 and text.casefold() not in title.casefold() and not _NOISE.search(text):
            return text
    return ""


def _paragraphs(lines: list[Line], *, body: float) -> list[str]:
    paragraphs: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        same = before is not None and before.size == line.size and before.page == line.page and line.gap < line.size * 0.6
        if same:
            paragraphs[-1].append(line.text)
        elif abs(line.size - body) < body * 0.45:
            paragraphs.append([line.text])
        else:
            before = None
            continue
        before = line
    return ["\n".join(parts) for parts in paragraphs]


def _cover(document: pdfium.PdfDocument) -> bytes:
    page = document[0]
    width, height = page.get_size()
    if min(width, height) < 20 or max(width, height) > 20_000:
        return b""
    image: Image.Image = page.render(scale=COVER_PIXELS / max(width, height * 0.7)).to_pil()
    return encode_cover(image)
