"""A tip sheet: one or two pages to keep at hand."""

from leadstone.domains.magnets.kind import Kind, KindWords, gives_the_file
from leadstone.kernel.document import MediaType

KIND = Kind(
    name="Tip sheet",
    rank=30,
    words={
        "en": KindWords(
            name="Tip sheet",
            subject="the tip sheet",
            object="the tip sheet",
            button="Send me the tip sheet",
            you_get="The tip sheet as a {format} file{pages}, to keep for good.",
        ),
        "pl": KindWords(
            name="Ściąga",
            subject="ściąga",
            object="ściągę",
            button="Wyślij mi ściągę",
            you_get="Ściąga w pliku {format}{pages}, na zawsze.",
        ),
    },
    media_types=frozenset({MediaType.PDF, MediaType.ZIP}),
    result=gives_the_file,
)
