"""Kinds of touches."""

from enum import StrEnum


class TouchKind(StrEnum):
    FORM = "form"  # sent a form
    MET = "met"  # a member of staff met the person
