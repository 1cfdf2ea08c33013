"""Kinds of activities, and how they end."""

from enum import StrEnum


class ActivityKind(StrEnum):
    TASK = "task"
    CALL = "call"
    MEETING = "meeting"
    NOTE = "note"


class Outcome(StrEnum):
    """How a call, a meeting or a task ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"
    NOT_INTERESTED = "not_interested"
    MEETING_AGREED = "meeting_agreed"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    DONE = "done"
