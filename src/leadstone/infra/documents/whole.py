"""The whole text of a document, to compare it with others: PDF, EPUB, DOCX, HTML or plain text.

Runs in the reading process. An archive has passed `check_archive` before; what is taken out of it is bounded here too.
"""

import html
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2 as pdfium

from leadstone.infra.documents.archives import check_archive
from leadstone.infra.documents.epub import PART_BYTES
from leadstone.infra.documents.report import Refusal, Refused
from leadstone.infra.documents.texts import clean

LONGEST_CHARACTERS = 600_000
MOST_PAGES = 600
MOST_CHAPTERS = 500
_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_DOCX_BODY = "word/document.xml"
_PARAGRAPH_END = re.compile(r"</w:p>|<w:(?:br|tab)\b[^>]*/?>")
_TAG = re.compile(r"<[^>]*>")
_HIDDEN = frozenset({"script", "style", "template", "title"})
_CHAPTER = re.compile(r"\.x?html?$", re.IGNORECASE)
_BLOCKS = re.compile(r"<(?=/?(?:p|div|h[1-6]|li|td|tr|br|section|article)\b)", re.IGNORECASE)


def whole_text(path: Path) -> str:
    """Every word of the document, white space collapsed; empty when it says nothing. Raises `Refused` for what is no text."""
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(_PDF):
        return pdf_words(path)
    if head.startswith(_ZIP):
        check_archive(path)
        return archive_words(path)
    if b"\x00" in head:
        raise Refused(Refusal.UNKNOWN_TYPE)
    with path.open("rb") as file:
        text = file.read(PART_BYTES).decode("utf-8-sig", "replace")
    return _short(_of_markup(text) if re.search(r"<(?:!doctype|html|body|p|div)\b", text[:4096], re.IGNORECASE) else text)


def pdf_words(path: Path) -> str:
    """The words of every page; empty for a PDF that will not open."""
    return _short(_pdf_text(path))


def archive_words(path: Path) -> str:
    """The words of a DOCX (ISO/IEC 29500, WordprocessingML) or of the chapters of an EPUB; empty for another archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _short(_archive_text(archive))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as broken:
        raise Refused(Refusal.BROKEN_ARCHIVE) from broken


def _pdf_text(path: Path) -> str:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return ""
    pages: list[str] = []
    length = 0
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            words = page.get_textpage().get_text_bounded()
            page.close()
            pages.append(words)
            length += len(words)
            if length > LONGEST_CHARACTERS:
                break
    except pdfium.PdfiumError:
        return "\n".join(pages)
    finally:
        document.close()
    return "\n".join(pages)


def _archive_text(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if _DOCX_BODY in names:
        with archive.open(_DOCX_BODY) as body:
            markup = body.read(8 * PART_BYTES).decode("utf-8", "replace")
        return html.unescape(_TAG.sub("", _PARAGRAPH_END.sub("\n", markup)))
    parts: list[str] = []
    for name in sorted(name for name in names if _CHAPTER.search(name))[:MOST_CHAPTERS]:
        with archive.open(name) as chapter:
            parts.append(_of_markup(chapter.read(PART_BYTES).decode("utf-8-sig", "replace")))
        if sum(map(len, parts)) > LONGEST_CHARACTERS:
            break
    return "\n".join(parts)


class _Shown(HTMLParser):
    """The words that a page shows, however deep they stand and however carelessly its tags are closed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _of_markup(source: str) -> str:
    return "".join(_Shown(_BLOCKS.sub(" <", source)).words)


def _short(text: str) -> str:
    return clean(text, limit=LONGEST_CHARACTERS)
