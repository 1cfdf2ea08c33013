"""A report: figures that somebody counted or measured; it must say who, how many and when."""

from leadstone.domains.magnets.kind import Kind, KindWords, gives_the_file
from leadstone.kernel.document import MediaType

KIND = Kind(
    name="Report",
    rank=20,
    words={
        "en": KindWords(
            name="Report",
            subject="the report",
            object="the report",
            button="Send me the report",
            you_get="The report as a {format} file{pages}, to keep for good.",
        ),
        "pl": KindWords(
            name="Raport",
            subject="raport",
            object="raport",
            button="Wyślij mi raport",
            you_get="Raport w pliku {format}{pages}, na zawsze.",
        ),
    },
    media_types=frozenset({MediaType.PDF, MediaType.EPUB, MediaType.ZIP}),
    needs_proof=True,
    result=gives_the_file,
)
