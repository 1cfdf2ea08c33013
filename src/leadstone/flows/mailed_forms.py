"""Which form a mail answers: named in its link by a keyed mark, which tells nobody how many forms there are."""

from collections.abc import Mapping

from leadstone.infra.blind_index import blind_index
from leadstone.wire.tokens import FORM_MARK_BYTES


def mark_of(submission_id: int) -> bytes:
    """What stands for a form in the link of the mail that answers it."""
    return bytes.fromhex(blind_index(str(submission_id), purpose="form of a mail"))[:FORM_MARK_BYTES]


def form_of(facts: Mapping[str, object]) -> int | None:
    """The form that a message answers, as its facts name it."""
    found = facts.get("submission_id")
    return found if isinstance(found, int) else None
