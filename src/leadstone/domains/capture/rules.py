"""What becomes of a raw submission."""

from enum import StrEnum


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REPEATED = "repeated"  # the same form sent again: kept, without a second effect
    MACHINE = "machine"  # a honeypot or a crawler: kept, without any effect
