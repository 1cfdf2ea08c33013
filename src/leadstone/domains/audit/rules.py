"""What is worth a line in the audit log."""

from enum import StrEnum


class Action(StrEnum):
    """What somebody did."""

    READ = "read"  # opened somebody's card
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    PASSWORD_CHANGED = "password_changed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    SESSIONS_ENDED = "sessions_ended"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_RESET = "account_reset"  # break-glass, from the command line
    ROLE_CHANGED = "role_changed"
    REACH_CHANGED = "reach_changed"
    TEAM_CHANGED = "team_changed"
    OVERRIDDEN = "overridden"  # promoted without the evidence that the checklist names
    BACKUP_MADE = "backup_made"
    QUARANTINE_LIFTED = "quarantine_lifted"


class Subject(StrEnum):
    """What a line is about; with its id."""

    LEAD = "lead"
    CONTACT = "contact"
    COMPANY = "company"
    DEAL = "deal"
    USER = "user"
    TEAM = "team"
    LIST = "list"  # rows of an export or a report
    INSTALLATION = "installation"
