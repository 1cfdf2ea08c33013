"""`leadstone user add` and `leadstone user reset`: the way in when nobody can sign in any more."""

import secrets
import sys
from datetime import UTC, datetime
from getpass import getpass

from django.core.exceptions import ValidationError

from leadstone.domains.access import queries as accounts
from leadstone.domains.access.rules import Role
from leadstone.flows import staff_changed
from leadstone.kernel.errors import LeadstoneError


class PasswordsDiffer(LeadstoneError):
    code = "passwords_differ"
    sentence = "The two passwords differ; nothing was changed."


class WeakPassword(LeadstoneError):
    code = "weak_password"
    sentence = "This password is too easy to guess: {problem}"


class NobodySignsInSo(LeadstoneError):
    code = "nobody_signs_in_so"
    sentence = "Nobody signs in as {email}; nothing was changed."


class NoPasswordGiven(LeadstoneError):
    code = "no_password_given"
    sentence = "Standard input held no password; nothing was changed."


# Without letters and digits that a voice or a hand mixes up.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 4, 5  # about 99 random bits


def add_user(*, email: str, name: str, role: str) -> None:
    """Ask for a password twice (or read one line where nobody types), and add the account."""
    password = _asked_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        staff_changed.open_account(
            email=email,
            name=name,
            role=Role(role),
            password=password,
            language="",
            team_id=None,
            by=None,
            now=datetime.now(UTC),
        )
    except ValidationError as weak:
        raise WeakPassword(problem=" ".join(weak.messages)) from weak
    print(f"{name} can sign in as {email} ({role}).")


def reset_user(*, email: str, from_stdin: bool) -> None:
    """Give an account a new password, without second factor and sessions; the password is printed unless it was read."""
    who = accounts.member_by_address(email)
    if who is None:
        raise NobodySignsInSo(email=email)
    password = sys.stdin.readline().rstrip("\n") if from_stdin else _random_password()
    if not password:
        raise NoPasswordGiven
    try:
        removed = staff_changed.reset_account(user_id=who.user_id, password=password, now=datetime.now(UTC))
    except ValidationError as weak:
        raise WeakPassword(problem=" ".join(weak.messages)) from weak
    if not from_stdin:
        print(f"New password of {who.email}, shown only now: {password}")
    print(f"{who.name} is signed out everywhere{', and the second factor is removed' if removed else ''}.")
    if not who.is_active:
        print("The account is closed: an administrator opens it again under Settings, People.")


def _random_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def _asked_password() -> str:
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise PasswordsDiffer
    return password
