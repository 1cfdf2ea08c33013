"""Named mistakes. A refusal is a value (`kernel.decision`), a mistake is one of these, a fault is left alone."""


class LeadstoneError(Exception):
    """A mistake that a person can understand and mend; doors translate it once.

    `code` is stable and machine-readable; `sentence` is English and a gettext msgid.
    """

    code = "error"
    sentence = "Something is not right."

    def __init__(self, sentence: str | None = None, /, **facts: object) -> None:
        self.sentence = sentence or type(self).sentence
        self.facts = facts
        super().__init__(self.sentence.format(**facts) if facts else self.sentence)
