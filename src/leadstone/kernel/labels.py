"""Tags as people type them: short words with commas between them, the same however they are spelled."""

from leadstone.kernel.folding import fold

MOST = 5  # on one answer
MOST_OF_ONE = 30  # that people and programs call one person
LONGEST = 30  # letters
LONGEST_KEY = 60  # a letter may fold into several


def read_labels(line: str) -> tuple[str, ...]:
    """ "Attic,  flat roof,ATTIC" → ("Attic", "flat roof"): trimmed, each once, in the order in which they were typed."""
    found: dict[str, str] = {}
    for part in line.replace("\0", " ").split(","):
        words = " ".join(part.split())
        if key := label_key(words):
            found.setdefault(key, words)
    return tuple(found.values())


def label_key(words: str) -> str:
    """What two spellings of one tag have in common; nothing of what no database keeps."""
    return fold(words.replace("\0", " "))[:LONGEST_KEY]


def fit(labels: tuple[str, ...]) -> bool:
    """Whether an answer may bear these tags."""
    keys = {label_key(label) for label in labels}
    return len(labels) <= MOST and len(keys) == len(labels) and "" not in keys and all(len(each) <= LONGEST for each in labels)
