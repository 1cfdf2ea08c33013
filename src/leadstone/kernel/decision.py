"""The shape of every answer that a rule gives."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may happen; a refusal always names its reason."""

    allowed: bool
    because: StrEnum | None = None

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)
