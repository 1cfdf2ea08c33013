"""Roles of the staff."""

from enum import StrEnum


class Role(StrEnum):
    MARKETER = "marketer"
    REP = "rep"
    MANAGER = "manager"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"
