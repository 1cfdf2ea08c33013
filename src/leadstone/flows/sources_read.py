"""Declared sources at an address: read by the worker, once for each wish, and compared with the file at once."""

import re
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from leadstone.domains.magnets import services as magnets
from leadstone.domains.vetting import services as vetting
from leadstone.domains.vetting.rules.reading import Unread
from leadstone.infra.documents import report
from leadstone.infra.documents.corpus import corpus_texts
from leadstone.infra.documents.intake import read_words
from leadstone.infra.outbound import Answered, Caps, Failed, Outbound, Refusal, Refused, Trouble

log = structlog.get_logger()

LARGEST = 20 * 1024 * 1024  # as of a file that is given by hand
PATIENCE_SECONDS = 20.0
OK = 200
_KINDS = "text/html, text/plain, application/pdf, application/epub+zip, */*;q=0.1"
_ARCHIVES_AND_PDF = (b"%PDF-", b"PK\x03\x04")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# The reader takes UTF-8; what Polish and English pages were written in before is made so. Other names are not looked up.
_OLD_CHARSETS = frozenset({"iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1252"})

_REFUSED = {Refusal.PRIVATE: Unread.PRIVATE, Refusal.PORT: Unread.PRIVATE}
_FAILED = {Trouble.NO_SUCH_NAME: Unread.NO_SUCH_NAME, Trouble.CERTIFICATE: Unread.CERTIFICATE}
_ANSWERS = {401: Unread.NOT_LET_IN, 403: Unread.NOT_LET_IN, 451: Unread.NOT_LET_IN, 404: Unread.NOT_THERE, 410: Unread.NOT_THERE}
_FILES = {
    report.Refusal.EMPTY: Unread.NO_WORDS,
    report.Refusal.UNKNOWN_TYPE: Unread.NO_TEXT,
    report.Refusal.OFFICE_FILE: Unread.NO_TEXT,
    report.Refusal.ENCRYPTED: Unread.PASSWORD,
}


def read_sources(outbound: Outbound, *, corpus: Path, clock: Callable[[], datetime]) -> bool:
    """Read the address that waits longest; returns whether one did. One that fails keeps what it said last, and the reason."""
    reading = vetting.claim_reading(now=clock())
    if reading is None:
        return False
    said = _words_at(reading.address, outbound)
    if isinstance(said, Unread):
        log.warning("source.unread", source_id=reading.source_id, because=said.value)
        vetting.note_unread(reading, because=said, now=clock())
    elif vetting.keep_reading(reading, text=said, now=clock()):
        magnets.compare_file(magnet_id=reading.magnet_id, corpus=corpus_texts(corpus), now=clock())
    return True


def _words_at(address: str, outbound: Outbound) -> str | Unread:
    """Every word that is shown at an address, or why none is known."""
    caps = Caps(seconds=PATIENCE_SECONDS, answer_bytes=LARGEST)
    answer = outbound.send("GET", address, headers={"accept": _KINDS}, caps=caps)
    if isinstance(answer, Refused):
        return _REFUSED.get(answer.because, Unread.NO_ADDRESS)
    if isinstance(answer, Failed):
        return _FAILED.get(answer.because, Unread.SILENT)
    if answer.status != OK:
        leads_on = 300 <= answer.status < 400
        return Unread.LEADS_ON if leads_on else _ANSWERS.get(answer.status, Unread.SENT_AWAY)
    return _words_in(answer) if answer.complete else Unread.TOO_LARGE


def _words_in(answer: Answered) -> str | Unread:
    with tempfile.NamedTemporaryFile(prefix="leadstone-source-") as file:
        file.write(_in_utf8(answer))
        file.flush()
        read = read_words(Path(file.name))
    if isinstance(read, report.Refusal):
        return _FILES.get(read, Unread.UNREADABLE)
    return read or Unread.NO_WORDS


def _in_utf8(answer: Answered) -> bytes:
    named = _CHARSET.search(answer.headers.get("content-type", ""))
    if named is None or named[1].lower() not in _OLD_CHARSETS or answer.body.startswith(_ARCHIVES_AND_PDF):
        return answer.body
    return answer.body.decode(named[1], "replace").encode()
