"""What a campaign is for, and what counts as its cost."""

from enum import StrEnum


class Aim(StrEnum):
    """What a campaign is judged by. Awareness is measured as reach, and never as leads."""

    LEADS = "leads"
    AWARENESS = "awareness"


class Goal(StrEnum):
    """What a goal counts."""

    CONFIRMED = "confirmed"
    QUALIFIED = "qualified"
    CUSTOMERS = "customers"
    REACH = "reach"
    SCANS = "scans"
    VISITS = "visits"


# What awareness is measured by; a campaign that may be judged by leads may set itself these too.
REACH_GOALS = frozenset({Goal.REACH, Goal.SCANS, Goal.VISITS})


def may_have_goal(aim: Aim, goal: Goal | None) -> bool:
    """Whether a campaign with this aim may be judged by this."""
    return goal is None or aim is not Aim.AWARENESS or goal in REACH_GOALS


class CostKind(StrEnum):
    MONEY = "money"
    HOURS = "hours"
    GOODS = "goods"


class Place(StrEnum):
    """Where a link stands."""

    ONLINE = "online"
    POST = "post"  # in a social network
    PRINT = "print"
    LETTER = "letter"
    COUNTER = "counter"
    FAIR = "fair"
    AIR = "air"  # spoken on radio, in a podcast
    OTHER = "other"


class SpelledField(StrEnum):
    """Which part of a visit's origin somebody wrote in a way of their own."""

    SOURCE = "source"
    MEDIUM = "medium"
    CAMPAIGN = "campaign"
