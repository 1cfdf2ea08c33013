"""The only writes of accounts, teams, reach and keys.

Whatever changes what somebody may do, or how they prove who they are, ends every session of the account: the door that changes
its own reader's account opens a fresh one at once.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from leadstone.domains.access import queries
from leadstone.domains.access.models import ApiKey, KeptAnswer, KeyUse, ReachOfRole, Team, User
from leadstone.domains.access.rules import KEY_BACK_WITHIN, KeyReach, Reach, Role, Scope, Thing, may_end
from leadstone.kernel.address import read_address
from leadstone.kernel.errors import LeadstoneError

KEY_BYTES = 32  # 256 random bits


class NotAnAddress(LeadstoneError):
    code = "not_an_address"
    sentence = "This is not an e-mail address."


class AddressTaken(LeadstoneError):
    code = "address_taken"
    sentence = "Somebody already signs in with this address."


class LastAdministrator(LeadstoneError):
    code = "last_administrator"
    sentence = "There must be one administrator left who can sign in."


class TeamNameTaken(LeadstoneError):
    code = "team_name_taken"
    sentence = "There is a team of this name already."


class TeamNotEmpty(LeadstoneError):
    code = "team_not_empty"
    sentence = "Somebody is still in this team; move them first."


@transaction.atomic
def create_user(
    *, email: str, name: str, role: Role, password: str | None, language: str = "", team_id: int | None = None
) -> int:
    """Open an account and return its id. Without a password nobody can sign in until one is set.

    Raises `NotAnAddress`, `AddressTaken`, and Django's ValidationError for a password that is too easy to guess.
    """
    address = read_address(email)
    if address is None:
        raise NotAnAddress
    if queries.address_is_taken(address.value):
        raise AddressTaken
    user = User(email=address.value.lower(), name=_one_line(name), role=role.value, language=language, team=_team(team_id))
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    return user.pk


@transaction.atomic
def change_account(*, user_id: int, name: str, language: str, theme: str, time_zone: str = "") -> None:
    """Keep how somebody is called and how they like to read."""
    User.objects.filter(pk=user_id).update(name=_one_line(name), language=language, theme=theme, time_zone=time_zone)


@transaction.atomic
def change_language(*, user_id: int, language: str) -> None:
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def change_theme(*, user_id: int, theme: str) -> None:
    """`theme`: light, dark, or empty for what the device prefers."""
    User.objects.filter(pk=user_id).update(theme=theme)


@transaction.atomic
def change_reading(*, user_id: int, language: str, time_zone: str) -> None:
    """In which language and by which clock somebody reads."""
    User.objects.filter(pk=user_id).update(language=language, time_zone=time_zone)


@transaction.atomic
def change_password(*, user_id: int, password: str) -> None:
    """Keep a new password; every session of the account ends.

    Raises Django's ValidationError for a password that is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    validate_password(password, user)
    user.set_password(password)
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])


@transaction.atomic
def change_role(*, user_id: int, role: Role, is_active: bool) -> bool:
    """Give an account another role, or close or reopen it; False when it was so before. Raises `LastAdministrator`."""
    admins = set(User.objects.select_for_update().filter(role=Role.ADMIN.value, is_active=True).values_list("pk", flat=True))
    if not may_end(user_id, admins=admins, role=role, is_active=is_active):
        raise LastAdministrator
    others = User.objects.filter(pk=user_id).exclude(role=role.value, is_active=is_active)
    return others.update(role=role.value, is_active=is_active, session_epoch=F("session_epoch") + 1) > 0


@transaction.atomic
def change_team(*, user_id: int, team_id: int | None) -> bool:
    """Put somebody into a team, or into none; False when they were there before. A team that is gone counts as none."""
    team = _team(team_id)
    elsewhere = (
        User.objects.filter(pk=user_id).exclude(team=team) if team else User.objects.filter(pk=user_id, team__isnull=False)
    )
    return elsewhere.update(team=team, session_epoch=F("session_epoch") + 1) > 0


@transaction.atomic
def end_sessions(*, user_id: int) -> None:
    """End every session of an account; a door may keep its own by refreshing it."""
    User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)


@transaction.atomic
def end_session(*, user_id: int, session_id: int) -> bool:
    """End one session of this account; False when it has ended before."""
    row = UserSession.objects.filter(pk=session_id, user_id=user_id).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    return True


@transaction.atomic
def note_presence(*, user_id: int, session_key: str, network: str, browser: str, now: datetime) -> None:
    """Keep that a session is in use. `network`: the first address of the /24 or /48, never a whole address."""
    UserSession.objects.update_or_create(
        session_key=session_key,
        defaults={"user_id": user_id, "ip": network, "user_agent": browser, "last_seen_at": now},
        create_defaults={"user_id": user_id, "ip": network, "user_agent": browser, "last_seen_at": now, "created_at": now},
    )


@transaction.atomic
def forget_sessions(*, now: datetime) -> int:
    """Delete sessions that ran out, and what is known of those that are gone; returns how many."""
    gone, _rows = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone


@transaction.atomic
def remove_factors(*, user_id: int) -> bool:
    """Take the second factor and its recovery codes from an account, and end its sessions; False when it had none."""
    factors = Authenticator.objects.filter(user_id=user_id)
    had: bool = factors.exists()
    factors.delete()
    end_sessions(user_id=user_id)
    return had


@transaction.atomic
def create_team(*, name: str, now: datetime) -> int:
    """Found a team and return its id. Raises `TeamNameTaken`."""
    _refuse_taken(name, but=None)
    return Team.objects.create(name=_one_line(name), created_at=now).pk


@transaction.atomic
def rename_team(*, team_id: int, name: str) -> None:
    """Raises `TeamNameTaken`."""
    _refuse_taken(name, but=team_id)
    Team.objects.filter(pk=team_id).update(name=_one_line(name))


@transaction.atomic
def delete_team(*, team_id: int) -> bool:
    """Dissolve an empty team; False when it is gone already. Raises `TeamNotEmpty`."""
    if User.objects.filter(team_id=team_id).exists():
        raise TeamNotEmpty
    return Team.objects.filter(pk=team_id).delete()[0] > 0


@transaction.atomic
def change_reaches(wanted: Mapping[tuple[Role, Thing], Reach]) -> dict[tuple[Role, Thing], Reach]:
    """Keep whose rows each role sees; returns what changed. Everybody of a role that changed signs in again."""
    before = queries.reaches()
    changed = {pair: reach for pair, reach in wanted.items() if before[pair] is not reach}
    for (role, thing), reach in changed.items():
        ReachOfRole.objects.update_or_create(role=role.value, thing=thing.value, defaults={"reach": reach.value})
    _of_roles({role for role, _thing in changed}).update(session_epoch=F("session_epoch") + 1)
    return changed


@transaction.atomic
def create_key(
    *,
    name: str,
    scopes: Collection[Scope],
    reach: KeyReach,
    team_id: int | None,
    expires_at: datetime | None,
    by: int | None,
    now: datetime,
) -> tuple[int, str]:
    """A new key: its id, and its secret, which nobody can read again."""
    secret = f"lsk_{secrets.token_urlsafe(KEY_BYTES)}"
    row = ApiKey.objects.create(
        name=_one_line(name),
        beginning=secret[:8],
        digest=queries.key_digest(secret),
        scopes=sorted(scope.value for scope in scopes),
        reach=reach.value,
        team=_team(team_id) if reach is KeyReach.TEAM else None,
        created_at=now,
        created_by_id=by,
        expires_at=expires_at,
    )
    return row.pk, secret


@transaction.atomic
def revoke_key(*, key_id: int, now: datetime) -> bool:
    """From now on the key opens nothing; False when it did so before."""
    return ApiKey.objects.filter(pk=key_id, revoked_at=None).update(revoked_at=now) > 0


@transaction.atomic
def take_back_revocation(*, key_id: int, now: datetime) -> bool:
    """Let a key that was revoked a moment ago open again; False when that is too long ago, or never happened."""
    return ApiKey.objects.filter(pk=key_id, revoked_at__gt=now - KEY_BACK_WITHIN).update(revoked_at=None) > 0


def note_key_use(*, key_id: int, now: datetime) -> None:
    """Keep that a key was used today: one row a day, appended."""
    KeyUse.objects.bulk_create([KeyUse(key_id=key_id, day=now.date())], ignore_conflicts=True)


def claim_answer(*, key_id: int, name: str, digest: str, now: datetime) -> bool:
    """Begin to answer the request of this name, in the open transaction; False when it was answered before.

    A second one at the same moment waits here for the end of the first.
    """
    try:
        with transaction.atomic():
            KeptAnswer.objects.create(key_id=key_id, name=name, digest=digest, at=now)
    except IntegrityError:
        return False
    return True


def keep_answer(*, key_id: int, name: str, status: int, body: str) -> None:
    """Finish what `claim_answer` began, in the same transaction."""
    KeptAnswer.objects.filter(key_id=key_id, name=name).update(status=status, body=body)


@transaction.atomic
def forget_answers(*, before: datetime) -> int:
    """Delete answers that were kept long enough; returns how many."""
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]


def _of_roles(roles: set[Role]) -> QuerySet[User]:
    return User.objects.filter(role__in=[role.value for role in roles])


def _team(team_id: int | None) -> Team | None:
    return Team.objects.filter(pk=team_id).first() if team_id else None


def _refuse_taken(name: str, *, but: int | None) -> None:
    if Team.objects.filter(name__iexact=_one_line(name)).exclude(pk=but or 0).exists():
        raise TeamNameTaken


def _one_line(name: str) -> str:
    return " ".join(name.split())[:120]
