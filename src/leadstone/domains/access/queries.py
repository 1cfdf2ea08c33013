"""The only reads of accounts that others may call."""

from dataclasses import dataclass

from leadstone.domains.access.models import ReachOfRole, User
from leadstone.domains.access.rules import FIRST_REACH, Reach, Reader, Role, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """A member of staff as lists show them."""

    user_id: int
    email: str
    name: str
    role: Role
    is_active: bool
    time_zone: str = ""  # IANA name; empty: never said


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
    return StaffFacts(
        user_id=row.pk,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        is_active=row.is_active,
        time_zone=row.time_zone,
    )


def for_sign_in(user_id: int) -> User:
    """The account itself, for the door that opens a session."""
    return User.objects.get(pk=user_id)


def reader_of(user: User) -> Reader:
    """Whose rows this member of staff may see now."""
    role = Role(user.role)
    reaches = dict(FIRST_REACH[role]) | {
        Thing(thing): Reach(reach) for thing, reach in ReachOfRole.objects.filter(role=role.value).values_list("thing", "reach")
    }
    team = User.objects.filter(team_id=user.team_id).values_list("pk", flat=True) if user.team_id else []
    return Reader(user_id=user.pk, role=role, team=frozenset(team), reaches=reaches)
