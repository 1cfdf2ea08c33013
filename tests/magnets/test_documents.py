"""What a file is, is read from its bytes, in a process that may fail."""

import io
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from tests.magnets import documents

from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.documents import intake
from leadstone.infra.documents.intake import DocumentRefused, KeptDocument, read_apart, take_in
from leadstone.infra.documents.report import Refusal
from leadstone.kernel.document import MediaType


def take(content: bytes, blobs: BlobStore) -> KeptDocument:
    return take_in(io.BytesIO(content), blobs=blobs)


def picture(width: int, height: int) -> bytes:
    drawn = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_polish_pdf_tells_its_title_language_headings_pages_and_cover(blobs: BlobStore) -> None:
    kept = take(documents.polish_pdf(), blobs)

    facts = kept.facts
    assert facts.media_type is MediaType.PDF
    assert facts.title == "Jak czytać ofertę na pompę ciepła"
    assert facts.lead.startswith("Pięć liczb w każdej ofercie")
    assert "1. Liczba, której nie ma w ofercie" in facts.headings
    assert (facts.language, facts.pages, facts.readable) == ("pl", 2, True)
    assert kept.cover is not None
    assert kept.cover.size_bytes <= 60_000
    with Image.open(io.BytesIO(blobs.read(kept.cover.key))) as cover:
        assert (cover.format, cover.width) == ("PNG", 480)


def test_an_english_pdf_without_an_outline_tells_its_headings_by_their_size(blobs: BlobStore) -> None:
    facts = take(documents.english_pdf(), blobs).facts

    assert facts.title == "Read a heat-pump quote like an engineer"
    assert facts.headings == ("Introduction", "The number that sellers leave out", "A worksheet for four offers")
    assert facts.language == "en"


def test_a_title_in_the_metadata_is_believed_unless_a_program_wrote_it(blobs: BlobStore) -> None:
    assert take(documents.polish_pdf("Poradnik kupującego"), blobs).facts.title == "Poradnik kupującego"
    assert take(documents.polish_pdf("Microsoft Word - oferta.docx"), blobs).facts.title == "Jak czytać ofertę na pompę ciepła"


def test_a_broken_pdf_is_still_a_pdf(blobs: BlobStore) -> None:
    facts = take(b"%PDF-1.7\n" + bytes(range(256)) * 20, blobs).facts

    assert (facts.media_type, facts.readable, facts.title) == (MediaType.PDF, False, "")


@pytest.mark.parametrize("cut", [50, 500, 3000])
def test_half_a_pdf_never_stops_the_studio(cut: int, blobs: BlobStore) -> None:
    assert take(documents.polish_pdf()[:cut], blobs).facts.media_type is MediaType.PDF


def test_an_epub_tells_its_title_chapters_and_cover(blobs: BlobStore) -> None:
    kept = take(documents.epub(cover=picture(600, 900)), blobs)

    assert kept.facts.media_type is MediaType.EPUB
    assert kept.facts.title == "Ciepło bez tajemnic"
    assert kept.facts.headings == ("Rachunek za prąd bez zgadywania", "Co zrobić przed zimą")
    assert kept.facts.lead.startswith("To jest książka o tym")
    assert kept.facts.language == "pl"
    assert kept.cover is not None
    assert kept.cover.size_bytes <= 60_000


def test_a_book_with_a_monstrous_cover_comes_without_one(blobs: BlobStore) -> None:
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")

    assert take(documents.epub(cover=huge.getvalue()), blobs).cover is None


def test_a_book_whose_entities_explode_is_read_without_them(blobs: BlobStore) -> None:
    laughs = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"<!ENTITY b '&a;&a;&a;&a;'>" * 50 + b"]>"
    book = documents.epub(extra={"OEBPS/book.opf": laughs + b"<package><metadata><dc:title>&b;</dc:title></metadata></package>"})

    assert take(book, blobs).facts.title == "&b;"


def test_a_plain_archive_is_taken_as_it_is(blobs: BlobStore) -> None:
    facts = take(documents.archive({"arkusz/oferty.csv": b"a;b", "arkusz/": b""}), blobs).facts

    assert (facts.media_type, facts.title) == (MediaType.ZIP, "")


OFFICE = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
BAD_FILES = {
    "nothing": (b"", Refusal.EMPTY),
    "plain text": (b"hello", Refusal.UNKNOWN_TYPE),
    "a program": (b"\x7fELF" + b"\0" * 100, Refusal.UNKNOWN_TYPE),
    "a page that hides a PDF": (b"<script>1</script>%PDF-1.7", Refusal.UNKNOWN_TYPE),
    "a drawing that runs": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", Refusal.UNKNOWN_TYPE),
    "an office document": (documents.archive(OFFICE), Refusal.OFFICE_FILE),
    "an old office document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Refusal.OFFICE_FILE),
    "a text document": (documents.archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), Refusal.OFFICE_FILE),
    "a Java program": (documents.archive({"META-INF/MANIFEST.MF": b"Main-Class: X"}), Refusal.UNKNOWN_TYPE),
    "a PDF with a password": (documents.password_pdf(), Refusal.ENCRYPTED),
    "half an archive": (documents.archive({"a": b"1" * 9000})[:60], Refusal.BROKEN_ARCHIVE),
    "an empty archive": (documents.archive({}), Refusal.UNKNOWN_TYPE),
    "a bomb": (documents.bomb(), Refusal.UNPACKS_TOO_LARGE),
    "a lying header": (documents.lying_archive(), Refusal.BROKEN_ARCHIVE),
    "overlapping entries": (documents.overlapping_archive(), Refusal.UNPACKS_TOO_LARGE),
    "an archive with a password": (documents.locked_archive(), Refusal.ENCRYPTED),
    "a link": (documents.link_archive(), Refusal.UNSAFE_NAMES),
    "a way out": (documents.archive({"../../etc/cron.d/x": b"1"}), Refusal.UNSAFE_NAMES),
    "a way out in the middle": (documents.archive({"a/../../b": b"1"}), Refusal.UNSAFE_NAMES),
    "an absolute name": (documents.archive({"/etc/passwd": b"1"}), Refusal.UNSAFE_NAMES),
    "a drive": (documents.archive({"C:evil.txt": b"1"}), Refusal.UNSAFE_NAMES),
    "a backslash": (documents.archive({"..\\evil.txt": b"1"}), Refusal.UNSAFE_NAMES),
    "an archive inside": (documents.archive({"more.zip": b"PK"}), Refusal.ARCHIVE_INSIDE),
    "too many entries": (documents.archive({f"{n}.txt": b"" for n in range(5001)}), Refusal.UNPACKS_TOO_LARGE),
    "a bomb dressed as a book": (
        documents.archive(
            {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>", "big": b"\0" * 60_000_000},
            compression=zipfile.ZIP_DEFLATED,
        ),
        Refusal.UNPACKS_TOO_LARGE,
    ),
    "a book with digital locks": (documents.epub(extra={"META-INF/rights.xml": b"<r/>"}), Refusal.ENCRYPTED),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason_and_not_kept(name: str, blobs: BlobStore) -> None:
    content, because = BAD_FILES[name]

    with pytest.raises(DocumentRefused) as refused:
        take(content, blobs)

    assert refused.value.because is because
    assert list(Path(blobs._folder).iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(blobs: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST_FILE_BYTES", 1000)

    with pytest.raises(DocumentRefused) as refused:
        take(b"%PDF-1.7" + b"x" * 1000, blobs)

    assert refused.value.because is Refusal.TOO_LARGE
    assert list(Path(blobs._folder).iterdir()) == []


def test_a_reader_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run
    monkeypatch.setattr(intake.subprocess, "run", lambda command, **how: real(["sleep", "30"], **how))
    file = tmp_path / "slow.pdf"
    file.write_bytes(b"%PDF-1.7")
    started = time.monotonic()

    report = read_apart(file, seconds=0.2)

    assert time.monotonic() - started < 5
    assert report.facts is not None
    assert report.facts.readable is False


def test_a_reader_that_wants_too_much_memory_dies_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = (
        "from leadstone.infra.documents import reader; reader.read_document = lambda p: bytearray(2 * 1024**3); reader.main()"
    )
    real = subprocess.run
    monkeypatch.setattr(intake.subprocess, "run", lambda command, **how: real([command[0], "-c", greedy, command[-1]], **how))
    file = tmp_path / "greedy.zip"
    file.write_bytes(documents.archive({"a": b"1"}))

    assert read_apart(file).refused is Refusal.TOO_SLOW
