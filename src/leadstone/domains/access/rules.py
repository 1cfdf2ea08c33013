"""Roles of the staff, and what each may do."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    MARKETER = "marketer"
    REP = "rep"
    MANAGER = "manager"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"


class Right(StrEnum):
    """What a screen asks for before it opens."""

    OWN_ACCOUNT = "own_account"
    READ_LEADS = "read_leads"
    WORK_LEADS = "work_leads"  # move, assign, note, add, record a sale
    EXPORT_LEADS = "export_leads"
    EDIT_MAGNETS = "edit_magnets"
    SEE_FIGURES = "see_figures"
    READ_MAILBOX = "read_mailbox"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_COMPANY = "manage_company"


_EVERYBODY = frozenset({Right.OWN_ACCOUNT})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.REP: _EVERYBODY | {Right.READ_LEADS, Right.WORK_LEADS},
    Role.MARKETER: _EVERYBODY | {Right.READ_LEADS, Right.WORK_LEADS, Right.EDIT_MAGNETS, Right.SEE_FIGURES, Right.READ_MAILBOX},
    Role.MANAGER: _EVERYBODY
    | {
        Right.READ_LEADS,
        Right.WORK_LEADS,
        Right.EXPORT_LEADS,
        Right.EDIT_MAGNETS,
        Right.SEE_FIGURES,
        Right.READ_MAILBOX,
        Right.MANAGE_COMPANY,
    },
    # Reads and exports to answer requests, but neither sells nor publishes.
    Role.PRIVACY_OFFICER: _EVERYBODY | {Right.READ_LEADS, Right.EXPORT_LEADS, Right.READ_MAILBOX},
    Role.ADMIN: frozenset(Right),
}


def may(role: str, right: Right) -> bool:
    """Whether a role holds a right; an unknown role holds none."""
    return role in RIGHTS and right in RIGHTS[Role(role)]


def may_end(user_id: int, *, admins: set[int], role: Role, is_active: bool) -> bool:
    """Whether an account may take `role` and `is_active` so that somebody still can administer. `admins`: ids now."""
    stays = role is Role.ADMIN and is_active
    return stays or user_id not in admins or len(admins) > 1
