"""An e-book: long reading, for a screen or a reader."""

from leadstone.domains.magnets.kind import Kind, KindWords, gives_the_file
from leadstone.kernel.document import MediaType

KIND = Kind(
    name="E-book",
    rank=50,
    words={
        "en": KindWords(
            name="E-book",
            subject="the e-book",
            object="the e-book",
            button="Send me the e-book",
            you_get="The e-book as a {format} file{pages}, to keep for good.",
        ),
        "pl": KindWords(
            name="E-book",
            subject="e-book",
            object="e-book",
            button="Wyślij mi e-book",
            you_get="E-book w pliku {format}{pages}, na zawsze.",
        ),
    },
    media_types=frozenset({MediaType.PDF, MediaType.EPUB, MediaType.ZIP}),
    result=gives_the_file,
)
