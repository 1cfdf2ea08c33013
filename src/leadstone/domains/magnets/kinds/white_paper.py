"""A white paper: an argument with its sources; it must say on what it rests."""

from leadstone.domains.magnets.kind import Kind, KindWords, gives_the_file
from leadstone.kernel.document import MediaType

KIND = Kind(
    name="White paper",
    rank=40,
    words={
        "en": KindWords(
            name="White paper",
            subject="the white paper",
            object="the white paper",
            button="Send me the white paper",
            you_get="The white paper as a {format} file{pages}, to keep for good.",
        ),
        "pl": KindWords(
            name="Opracowanie",
            subject="opracowanie",
            object="opracowanie",
            button="Wyślij mi opracowanie",
            you_get="Opracowanie w pliku {format}{pages}, na zawsze.",
        ),
    },
    media_types=frozenset({MediaType.PDF, MediaType.EPUB, MediaType.ZIP}),
    needs_proof=True,
    result=gives_the_file,
)
