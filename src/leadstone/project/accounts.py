"""`leadstone user add`: an account from the command line, the way in when nobody can sign in any more."""

import sys
from getpass import getpass

from django.core.exceptions import ValidationError

from leadstone.domains.access import services as access
from leadstone.domains.access.rules import Role
from leadstone.kernel.errors import LeadstoneError


class PasswordsDiffer(LeadstoneError):
    code = "passwords_differ"
    sentence = "The two passwords differ; nothing was changed."


class WeakPassword(LeadstoneError):
    code = "weak_password"
    sentence = "This password is too easy to guess: {problem}"


def add_user(*, email: str, name: str, role: str) -> None:
    """Ask for a password twice (or read one line where nobody types), and add the account."""
    password = _asked_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        access.create_user(email=email, name=name, role=Role(role), password=password)
    except ValidationError as weak:
        raise WeakPassword(problem=" ".join(weak.messages)) from weak
    print(f"{name} can sign in as {email} ({role}).")


def _asked_password() -> str:
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise PasswordsDiffer
    return password
