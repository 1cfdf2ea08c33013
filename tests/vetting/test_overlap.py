"""Which words of a file stand elsewhere too, and what its words are."""

import io
import zipfile
from pathlib import Path

import pytest

from leadstone.domains.vetting.rules.overlap import asks_for_a_statement, overlap_of
from leadstone.domains.vetting.rules.signature import may_overlap, signature_of
from leadstone.infra.documents.corpus import corpus_texts
from leadstone.infra.documents.intake import read_words
from leadstone.infra.documents.report import Refusal
from tests.magnets import documents

LEAFLET = " ".join(f"leaflet{n}" for n in range(60))
OWN = " ".join(f"own{n}" for n in range(140))


def test_each_passage_is_shown_beside_its_original_and_the_share_counts_words_once() -> None:
    found = overlap_of(f"{OWN} {LEAFLET}", [("A leaflet", f"Begin. {LEAFLET} End."), ("The same again", LEAFLET)])
    assert found.share == 0.3
    assert {passage.source for passage in found.passages} == {"A leaflet", "The same again"}
    assert all(passage.words == 60 and passage.ours == passage.theirs == LEAFLET for passage in found.passages)


def test_case_accents_and_line_breaks_hide_no_copy() -> None:
    ours = "Żółta łódź płynie po wodzie " + " ".join(f"słowo{n}" for n in range(10))
    theirs = ours.upper().replace(" ", "\n")
    assert overlap_of(ours, [("retyped", theirs)]).share == 1.0


def test_other_words_do_not_overlap() -> None:
    assert overlap_of(OWN, [("A leaflet", LEAFLET)]).passages == ()
    assert overlap_of("", [("A leaflet", LEAFLET)]).share == 0.0


def test_a_signature_leads_to_a_copied_chapter_in_a_long_text_and_not_to_a_stranger() -> None:
    chapter = " ".join(f"chapter{n}" for n in range(300))
    long = " ".join(f"long{n}" for n in range(5000))
    assert may_overlap(signature_of(f"{long} {chapter} {long}"), signature_of(f"{OWN} {chapter}"))
    assert not may_overlap(signature_of(long), signature_of(OWN))
    assert signature_of(chapter) == signature_of(chapter)


def test_a_statement_is_asked_for_from_the_threshold_on() -> None:
    assert [asks_for_a_statement(share) for share in (0.0, 0.199, 0.2, 1.0)] == [False, False, True, True]


def docx(paragraph: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:p><w:t>{paragraph}</w:t></w:p><w:p>Second</w:p></w:document>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "Zażółć gęślą".encode(), "Zażółć gęślą"),
        ("a.html", b"<!doctype html><style>p{}</style><p>One</p><p>two &amp; three</p><script>no()</script>", "One two & three"),
        ("a.docx", docx("First &amp; foremost"), "First & foremost Second"),
    ],
)
def test_the_words_of_texts_pages_and_office_files_are_read(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read_words(path) == words


def test_the_words_of_a_pdf_are_read_beyond_its_first_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(documents.polish_pdf())
    assert "Jak czytać ofertę na pompę ciepła" in str(read_words(path))


def test_a_bomb_in_an_office_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    assert read_words(path) is Refusal.UNPACKS_TOO_LARGE


def test_a_program_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"MZ\x00\x01\x02")
    assert read_words(path) is Refusal.UNKNOWN_TYPE


def test_a_corpus_is_a_folder_of_plain_texts_and_no_link_leads_out_of_it(tmp_path: Path) -> None:
    corpus, secret = tmp_path / "corpus", tmp_path / "secret.txt"
    secret.write_text("secret")
    corpus.mkdir()
    (corpus / "b.md").write_text("two")
    (corpus / "a.txt").write_text("one")
    (corpus / "c.pdf").write_bytes(b"%PDF")
    (corpus / "d.txt").symlink_to(secret)
    assert list(corpus_texts(corpus)) == [("a.txt", "one"), ("b.md", "two")]
    assert list(corpus_texts(tmp_path / "none")) == []
