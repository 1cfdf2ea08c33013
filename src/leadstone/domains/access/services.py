"""The only writes of accounts."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from leadstone.domains.access import queries
from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role, may_end
from leadstone.kernel.address import read_address
from leadstone.kernel.errors import LeadstoneError


class NotAnAddress(LeadstoneError):
    code = "not_an_address"
    sentence = "This is not an e-mail address."


class AddressTaken(LeadstoneError):
    code = "address_taken"
    sentence = "Somebody already signs in with this address."


class LastAdministrator(LeadstoneError):
    code = "last_administrator"
    sentence = "There must be one administrator left who can sign in."


@transaction.atomic
def create_user(*, email: str, name: str, role: Role, password: str, language: str = "") -> int:
    """Open an account and return its id.

    Raises `NotAnAddress`, `AddressTaken`, and Django's ValidationError for a password that is too easy to guess.
    """
    address = read_address(email)
    if address is None:
        raise NotAnAddress
    if queries.address_is_taken(address.value):
        raise AddressTaken
    user = User(email=address.value.lower(), name=" ".join(name.split())[:120], role=role.value, language=language)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    return user.pk


@transaction.atomic
def change_account(*, user_id: int, name: str, language: str, theme: str) -> None:
    """Keep how somebody is called and how they like to read."""
    User.objects.filter(pk=user_id).update(name=" ".join(name.split())[:120], language=language, theme=theme)


@transaction.atomic
def change_language(*, user_id: int, language: str) -> None:
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def change_theme(*, user_id: int, theme: str) -> None:
    """`theme`: light, dark, or empty for what the device prefers."""
    User.objects.filter(pk=user_id).update(theme=theme)


@transaction.atomic
def change_password(*, user_id: int, password: str) -> None:
    """Keep a new password; every session of the account but the one that is refreshed by its door ends.

    Raises Django's ValidationError for a password that is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def change_role(*, user_id: int, role: Role, is_active: bool) -> None:
    """Give an account another role, or close or reopen it. Raises `LastAdministrator`."""
    admins = set(User.objects.select_for_update().filter(role=Role.ADMIN.value, is_active=True).values_list("pk", flat=True))
    if not may_end(user_id, admins=admins, role=role, is_active=is_active):
        raise LastAdministrator
    User.objects.filter(pk=user_id).update(role=role.value, is_active=is_active)
