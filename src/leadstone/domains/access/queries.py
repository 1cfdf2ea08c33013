"""The only reads of accounts that others may call."""

from dataclasses import dataclass

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """A member of staff as lists show them."""

    user_id: int
    email: str
    name: str
    role: Role
    is_active: bool


def staff(*, active_only: bool = False) -> list[StaffFacts]:
    """Everybody with an account, by name."""
    rows = User.objects.order_by("name", "pk")
    if active_only:
        rows = rows.filter(is_active=True)
    return [_facts(row) for row in rows]


def member(user_id: int) -> StaffFacts | None:
    row = User.objects.filter(pk=user_id).first()
    return _facts(row) if row else None


def address_is_taken(email: str) -> bool:
    """Whether an account signs in with this address, however it is written."""
    return User.objects.filter(email__iexact=email).exists()


def _facts(row: User) -> StaffFacts:
    return StaffFacts(user_id=row.pk, email=row.email, name=row.name, role=Role(row.role), is_active=row.is_active)


def for_sign_in(user_id: int) -> User:
    """The account itself, for the door that opens a session."""
    return User.objects.get(pk=user_id)
