"""The reading process: one file in, one report out, within bounds that the kernel enforces.

python -I -m leadstone.infra.documents.reader FILE           →   MessagePack of a `Report` on standard output
python -I -m leadstone.infra.documents.reader FILE --words   →   the same, with nothing but the words, and of more types
"""

import resource
import sys
from pathlib import Path

import msgspec

from leadstone.infra.documents.archives import check_archive
from leadstone.infra.documents.epub import read_epub
from leadstone.infra.documents.pdf import read_pdf
from leadstone.infra.documents.report import Refused, Report, encode_report
from leadstone.infra.documents.sniffing import media_type_of
from leadstone.infra.documents.whole import archive_words, pdf_words, whole_text
from leadstone.kernel.document import DocumentFacts, MediaType

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 15


def read_document(path: Path) -> Report:
    """What the file at `path` is and says."""
    try:
        media_type = media_type_of(path)
        if media_type is MediaType.PDF:
            return msgspec.structs.replace(read_pdf(path), text=pdf_words(path))
        check_archive(path)
        if media_type is MediaType.EPUB:
            return msgspec.structs.replace(read_epub(path), text=archive_words(path))
        return Report(facts=DocumentFacts(media_type=MediaType.ZIP))
    except Refused as refusal:
        return Report(refused=refusal.because)


def read_words(path: Path) -> Report:
    """Every word of the file at `path`, and nothing else."""
    try:
        return Report(text=whole_text(path))
    except Refused as refusal:
        return Report(refused=refusal.because)


def main() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (value, value))
    read = read_words if sys.argv[2:] == ["--words"] else read_document
    sys.stdout.buffer.write(encode_report(read(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
