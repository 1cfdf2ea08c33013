"""What became of a hand-over, and why, as the mail server said it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from leadstone.infra.mail.message import Parcel


class Fate(StrEnum):
    SENT = "sent"
    FAILED = "failed"  # refused for good
    LATER = "later"  # refused for now, or nobody answered
    UNKNOWN = "unknown"  # the connection died between the text and its answer
    WITHHELD = "withheld"  # the last look before DATA said no


@dataclass(frozen=True, slots=True)
class Outcome:
    """`because` is short and without personal values: an RFC 3463 code such as "5.1.1", an SMTP code, or a word.

    `line_down` tells that the server, not the recipient, is the trouble: other messages need not try at once.
    """

    fate: Fate
    because: str = ""
    line_down: bool = False


SENT = Outcome(Fate.SENT)
WITHHELD = Outcome(Fate.WITHHELD)

# RFC 3463: class.subject.detail at the beginning of the answer's text.
_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


def read_answer(code: int, text: bytes) -> Outcome:
    """The meaning of a mail server's answer to RCPT, DATA or the text (RFC 5321 §4.2.1)."""
    if 200 <= code < 300:
        return SENT
    enhanced = _ENHANCED.match(text)
    because = f"{code} {enhanced[1].decode()}" if enhanced else str(code)
    if code >= 500:
        return Outcome(Fate.FAILED, because)
    # 421: the server is closing this line (RFC 5321 §3.8); below 200 and 300 nothing sensible was said.
    return Outcome(Fate.LATER, because, line_down=code == 421)


class Line(Protocol):
    """A persistent way to hand parcels over, used by one thread at a time."""

    def hand_over(self, parcel: Parcel, *, may_send: Callable[[], bool]) -> Outcome:
        """Ask `may_send` as late as possible, just before the text travels; False means that nothing was sent."""

    def close(self) -> None:
        """Say goodbye; a later `hand_over` opens the line again."""
