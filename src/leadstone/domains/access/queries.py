"""The only reads of accounts and keys that others may call."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.crypto import constant_time_compare

from leadstone.domains.access.models import ApiKey, KeptAnswer, KeyUse, ReachOfRole, Team, User
from leadstone.domains.access.rules import (
    FIRST_REACH,
    KeyReach,
    Reach,
    Reader,
    Role,
    Scope,
    Thing,
    key_is_open,
    reader_of_key,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """A member of staff as lists show them."""

    user_id: int
    email: str
    name: str
    role: Role
    is_active: bool
    time_zone: str = ""  # IANA name; empty: never said
    language: str = ""
    team_id: int | None = None
    team_name: str = ""
    second_factor: bool = False
    may_sign_in: bool = True  # False: the account waits for its first password


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """A team; `members` counts closed accounts too."""

    team_id: int
    name: str
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """One browser in which an account is signed in. `network`: the first address of its /24 or /48."""

    session_id: int
    browser: str  # what it calls itself
    network: str
    since: datetime
    seen_at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorFacts:
    """The second factor of an account."""

    since: datetime
    used_at: datetime | None
    codes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """The key of another program, as the list shows it."""

    key_id: int
    name: str
    beginning: str
    scopes: frozenset[Scope]
    reach: KeyReach
    team_name: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None
    used_on: date | None  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """Who stands at the machine door. `noted`: whether its use today is written down already."""

    key_id: int
    scopes: frozenset[Scope]
    reader: Reader
    noted: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    digest: str
    status: int
    body: str


def staff(*, active_only: bool = False) -> list[StaffFacts]:
    """Everybody with an account, by name."""
    rows = _people().order_by("name", "pk")
    if active_only:
        rows = rows.filter(is_active=True)
    return [_facts(row) for row in rows]


def member(user_id: int) -> StaffFacts | None:
    row = _people().filter(pk=user_id).first()
    return _facts(row) if row else None


def member_by_address(email: str) -> StaffFacts | None:
    """Who signs in with this address, however it is written."""
    row = _people().filter(email__iexact=email.strip()).first()
    return _facts(row) if row else None


def address_is_taken(email: str) -> bool:
    """Whether an account signs in with this address, however it is written."""
    return User.objects.filter(email__iexact=email).exists()


def names() -> dict[int, str]:
    """Account id → name, closed accounts too."""
    return dict(User.objects.order_by("name", "pk").values_list("pk", "name"))


def teams() -> list[TeamFacts]:
    """Every team by name."""
    rows = Team.objects.annotate(number=Count("members")).order_by("name", "pk").values_list("pk", "name", "number")
    return [TeamFacts(team_id=pk, name=name, members=number) for pk, name, number in rows]


def for_sign_in(user_id: int) -> User:
    """The account itself, for the door that opens a session."""
    return User.objects.get(pk=user_id)


def reaches() -> dict[tuple[Role, Thing], Reach]:
    """Whose rows of each thing each role sees now."""
    first = {(role, thing): reach for role, things in FIRST_REACH.items() for thing, reach in things.items()}
    changed = ReachOfRole.objects.values_list("role", "thing", "reach")
    return first | {(Role(role), Thing(thing)): Reach(reach) for role, thing, reach in changed}


def reader_of(user: User) -> Reader:
    """Whose rows this member of staff may see now."""
    role = Role(user.role)
    reaches = dict(FIRST_REACH[role]) | {
        Thing(thing): Reach(reach) for thing, reach in ReachOfRole.objects.filter(role=role.value).values_list("thing", "reach")
    }
    team = User.objects.filter(team_id=user.team_id).values_list("pk", flat=True) if user.team_id else []
    return Reader(user_id=user.pk, role=role, team=frozenset(team), reaches=reaches)


def second_factor(user_id: int) -> FactorFacts | None:
    """The second factor of an account, or None."""
    rows = {row.type: row for row in Authenticator.objects.filter(user_id=user_id)}
    code = rows.get(Authenticator.Type.TOTP)
    if code is None:
        return None
    recovery = rows.get(Authenticator.Type.RECOVERY_CODES)
    left = len(recovery.wrap().get_unused_codes()) if recovery else 0
    used = [row.last_used_at for row in rows.values() if row.last_used_at]
    return FactorFacts(since=code.created_at, used_at=max(used, default=None), codes_left=left)


def sessions_of(user: User, *, current_key: str, now: datetime) -> list[SessionFacts]:
    """Where an account is signed in now, this browser first, then whoever was seen last."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user_id=user.pk)}
    alive = set(_alive(user, list(rows), now=now))
    found = [
        SessionFacts(
            session_id=row.pk,
            browser=row.user_agent,
            network=str(row.ip),
            since=row.created_at,
            seen_at=row.last_seen_at,
            current=key == current_key,
        )
        for key, row in rows.items()
        if key in alive
    ]
    return sorted(found, key=lambda one: (not one.current, -one.seen_at.timestamp()))


def _alive(user: User, keys: list[str], *, now: datetime) -> Iterator[str]:
    """Those sessions that still open the studio: neither run out nor ended by a step of the epoch."""
    wanted = user.get_session_auth_hash()
    for session in Session.objects.filter(session_key__in=keys, expire_date__gt=now):
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) and constant_time_compare(str(held.get(HASH_SESSION_KEY, "")), wanted):
            yield session.session_key


def _people() -> QuerySet[Any]:
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.select_related("team").annotate(factor=Exists(factor))


def _facts(row: Any) -> StaffFacts:
    return StaffFacts(
        user_id=row.pk,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        is_active=row.is_active,
        time_zone=row.time_zone,
        language=row.language,
        team_id=row.team_id,
        team_name=row.team.name if row.team else "",
        second_factor=row.factor,
        may_sign_in=row.has_usable_password(),
    )


def key_digest(secret: str) -> str:
    """All that is kept of a key's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_holder(secret: str, *, now: datetime) -> KeyHolder | None:
    """Whose key this is; None for one that is unknown, revoked or too old."""
    used = KeyUse.objects.filter(key=OuterRef("pk"), day=now.date())
    row = ApiKey.objects.filter(digest=key_digest(secret)).annotate(noted=Exists(used)).first()
    if row is None or not key_is_open(expires_at=row.expires_at, revoked_at=row.revoked_at, now=now):
        return None
    team = User.objects.filter(team_id=row.team_id).values_list("pk", flat=True) if row.team_id else []
    return KeyHolder(
        key_id=row.pk,
        scopes=_scopes(row.scopes),
        reader=reader_of_key(KeyReach(row.reach), team=frozenset(team)),
        noted=row.noted,
    )


def api_keys() -> list[KeyFacts]:
    """Every key that was ever made, those that open something first, then the newest."""
    rows = ApiKey.objects.select_related("team", "created_by").annotate(used_on=Max("uses__day"))
    facts = [_key_facts(row) for row in rows.order_by("-created_at", "-pk")]
    return sorted(facts, key=lambda each: each.revoked_at is not None)


def api_key(key_id: int) -> KeyFacts | None:
    row = ApiKey.objects.filter(pk=key_id).select_related("team", "created_by").annotate(used_on=Max("uses__day")).first()
    return _key_facts(row) if row else None


def kept_answer(*, key_id: int, name: str) -> Kept | None:
    """What was answered to the request of this name."""
    row = KeptAnswer.objects.filter(key_id=key_id, name=name).first()
    return Kept(row.digest, row.status, row.body) if row else None


def _scopes(words: list[str]) -> frozenset[Scope]:
    """A scope that this version does not know opens nothing."""
    return frozenset(Scope(word) for word in words if word in set(Scope))


def _key_facts(row: Any) -> KeyFacts:
    return KeyFacts(
        key_id=row.pk,
        name=row.name,
        beginning=row.beginning,
        scopes=_scopes(row.scopes),
        reach=KeyReach(row.reach),
        team_name=row.team.name if row.team else "",
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else "",
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_on=row.used_on,
    )
