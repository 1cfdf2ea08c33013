"""A guide: how to do or to choose something, step by step."""

from leadstone.domains.magnets.kind import Kind, KindWords, gives_the_file
from leadstone.kernel.document import MediaType

KIND = Kind(
    name="Guide",
    rank=10,
    words={
        "en": KindWords(
            name="Guide",
            subject="the guide",
            object="the guide",
            button="Send me the guide",
            you_get="The guide as a {format} file{pages}, to keep for good.",
        ),
        "pl": KindWords(
            name="Poradnik",
            subject="poradnik",
            object="poradnik",
            button="Wyślij mi poradnik",
            you_get="Poradnik w pliku {format}{pages}, na zawsze.",
        ),
    },
    media_types=frozenset({MediaType.PDF, MediaType.EPUB, MediaType.ZIP}),
    result=gives_the_file,
)
