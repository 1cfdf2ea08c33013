"""What a form shows beyond its definition: what was typed, what is wrong with it, and what else is to be said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from leadstone.wire.pages.question_view import QuestionView


class Notice(StrEnum):
    """Something to say above the form; nothing is lost when it is shown."""

    STALE = "stale"  # the form is too old or was sent too fast: please send it again
    PROVE = "prove"  # many forms arrive: a small computation, or another moment of patience
    LATER = "later"  # too many from this network
    UNSAVED = "unsaved"  # the journal could not take it
    BROUGHT = "brought"  # it was filled in on somebody else's page: nothing is sent before it was seen here
    STRANGE = "strange"  # it came from a page that may not send forms here: nothing of it was kept


class FormName(StrEnum):
    """Names in the form that are not answers."""

    TOKEN = "token"
    ORIGIN = "origin"
    TICKED = "consent"
    PROOF = "proof"
    TRAP = "website"
    MOVE = "move"  # start, next, back: between questions; the form itself has none
    AT = "at"  # the key of the question that a page asks
    PACE = "pace"  # how far this form came and when the page was made, signed by the edge


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One rendering of a form. `errors` maps a field's name to a `FormError` of the capture rules."""

    token: str
    origin: str = ""
    pace: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    notice: Notice | None = None
    carried: Mapping[str, str] = field(default_factory=dict)  # answers to questions that came before, by name of the field
    questions: tuple[QuestionView, ...] = ()  # those that stand in the form itself
    first: bool = False  # nothing was answered yet: where there are questions, they come before this form
    preview: bool = False  # a draft, shown to somebody in private: nothing can be sent
    action: str = ""  # where it goes, if not to the magnet
    button: str = ""  # its words, if not the magnet's own
    closing: str = ""  # what stands beneath the button, if not that one mail comes
    challenge: str = ""  # an ALTCHA challenge as JSON, when proof of work is asked for
