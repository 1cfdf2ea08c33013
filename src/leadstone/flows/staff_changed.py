"""What is done with the accounts, teams and rights of the staff, each with its line in the audit log.

`by` is the account of whoever does it, None for the command line. Lines name ids and codes, never a name or an address.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.access import queries as accounts
from leadstone.domains.access import services as access
from leadstone.domains.access.rules import Reach, Role, Thing
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.infra.stored_tokens import queries as tokens
from leadstone.infra.stored_tokens import services as minting

INVITATION = "invitation"
CALENDAR = "calendar"
INVITATION_LASTS = timedelta(days=3)


@transaction.atomic
def open_account(
    *, email: str, name: str, role: Role, password: str | None, language: str, team_id: int | None, by: int | None, now: datetime
) -> int:
    """A new account; returns its id. Raises what `access.services.create_user` raises."""
    user_id = access.create_user(email=email, name=name, role=role, password=password, language=language, team_id=team_id)
    _note(Action.ACCOUNT_OPENED, user_id, by=by, now=now, role=role.value)
    return user_id


@transaction.atomic
def change_role(*, user_id: int, role: Role, is_active: bool, by: int | None, now: datetime) -> bool:
    """False when nothing changed. Raises `access.services.LastAdministrator`."""
    changed = access.change_role(user_id=user_id, role=role, is_active=is_active)
    if changed:
        _note(Action.ROLE_CHANGED, user_id, by=by, now=now, role=role.value, open="yes" if is_active else "no")
    return changed


@transaction.atomic
def change_team(*, user_id: int, team_id: int | None, by: int, now: datetime) -> bool:
    """False when nothing changed."""
    changed = access.change_team(user_id=user_id, team_id=team_id)
    if changed:
        _note(Action.TEAM_CHANGED, user_id, by=by, now=now, team=team_id or 0)
    return changed


@transaction.atomic
def change_password(*, user_id: int, password: str, by: int, now: datetime) -> None:
    """An invitation that lies about opens nothing any more. Raises Django's ValidationError for a password that is too easy."""
    access.change_password(user_id=user_id, password=password)
    minting.revoke(subject=str(user_id), purpose=INVITATION)
    _note(Action.PASSWORD_CHANGED, user_id, by=by, now=now)


@transaction.atomic
def factor_added(*, user_id: int, kind: str, now: datetime) -> None:
    """A second factor, or its fresh recovery codes, stand: every session ends but the one that its door refreshes."""
    access.end_sessions(user_id=user_id)
    _note(Action.FACTOR_ADDED, user_id, by=user_id, now=now, kind=kind)


@transaction.atomic
def remove_factor(*, user_id: int, by: int, now: datetime) -> bool:
    """False when there was none."""
    removed = access.remove_factors(user_id=user_id)
    if removed:
        _note(Action.FACTOR_REMOVED, user_id, by=by, now=now)
    return removed


@transaction.atomic
def end_session(*, user_id: int, session_id: int, now: datetime) -> bool:
    """End one session of one's own; False when it has ended before."""
    ended = access.end_session(user_id=user_id, session_id=session_id)
    if ended:
        _note(Action.SESSIONS_ENDED, user_id, by=user_id, now=now, which="one")
    return ended


@transaction.atomic
def end_sessions(*, user_id: int, by: int, now: datetime) -> None:
    """End every session of an account; a door may keep its own by refreshing it."""
    access.end_sessions(user_id=user_id)
    _note(Action.SESSIONS_ENDED, user_id, by=by, now=now, which="all")


@transaction.atomic
def invite(*, user_id: int, by: int, now: datetime) -> str:
    """A token with which somebody sets their password, once, within three days; the one before it opens nothing any more.

    The password until now goes on working, until the token is used.
    """
    minting.revoke(subject=str(user_id), purpose=INVITATION)
    token = minting.mint([str(user_id)], purpose=INVITATION, expires_at=now + INVITATION_LASTS, now=now)[str(user_id)]
    _note(Action.PASSWORD_CHANGED, user_id, by=by, now=now, link="made")
    return token


def invited(token: str, *, now: datetime) -> int | None:
    """Whose account a token opens; None for one that is unknown, used, too old, or of a closed account."""
    subject = tokens.subject_of(token, purpose=INVITATION, now=now)
    who = accounts.member(int(subject)) if subject else None
    return who.user_id if who and who.is_active else None


@transaction.atomic
def accept_invitation(token: str, *, password: str, now: datetime) -> int | None:
    """Set the password that a token allows to set, and return the account; None when the token opens nothing any more.

    Raises Django's ValidationError for a password that is too easy to guess; the token then still works.
    """
    user_id = invited(token, now=now)
    if user_id is None:
        return None
    access.change_password(user_id=user_id, password=password)
    minting.revoke(subject=str(user_id), purpose=INVITATION)
    _note(Action.PASSWORD_CHANGED, user_id, by=user_id, now=now, link="used")
    return user_id


@transaction.atomic
def reset_account(*, user_id: int, password: str, now: datetime) -> bool:
    """Break-glass, for whoever owns the server: a new password, no second factor, no session, no calendar that is read from
    elsewhere. Says whether a factor was removed.

    Raises Django's ValidationError for a password that is too easy to guess.
    """
    access.change_password(user_id=user_id, password=password)
    removed = access.remove_factors(user_id=user_id)
    for purpose in (INVITATION, CALENDAR):
        minting.revoke(subject=str(user_id), purpose=purpose)
    _note(Action.ACCOUNT_RESET, user_id, by=None, now=now, factor="removed" if removed else "none")
    return removed


@transaction.atomic
def change_reaches(wanted: Mapping[tuple[Role, Thing], Reach], *, by: int, now: datetime) -> int:
    """Keep whose rows each role sees; returns how many entries changed."""
    changed = access.change_reaches(wanted)
    for (role, thing), reach in changed.items():
        facts = {"role": role.value, "thing": thing.value, "reach": reach.value}
        audit.note(actor_id=by, action=Action.REACH_CHANGED, subject=Subject.INSTALLATION, subject_id=None, facts=facts, now=now)
    return len(changed)


@transaction.atomic
def signed_in(*, user_id: int, second_factor: bool, now: datetime) -> None:
    """Somebody came in by the door."""
    _note(Action.SIGNED_IN, user_id, by=user_id, now=now, second_factor="yes" if second_factor else "no")


@transaction.atomic
def found_team(*, name: str, by: int | None, now: datetime) -> int:
    """A new team; returns its id. Raises `access.services.TeamNameTaken`."""
    team_id = access.create_team(name=name, now=now)
    _note_team(team_id, how="founded", by=by, now=now)
    return team_id


@transaction.atomic
def rename_team(*, team_id: int, name: str, by: int, now: datetime) -> None:
    """Raises `access.services.TeamNameTaken`."""
    access.rename_team(team_id=team_id, name=name)
    _note_team(team_id, how="renamed", by=by, now=now)


@transaction.atomic
def dissolve_team(*, team_id: int, by: int, now: datetime) -> bool:
    """False when it is gone already. Raises `access.services.TeamNotEmpty`."""
    dissolved = access.delete_team(team_id=team_id)
    if dissolved:
        _note_team(team_id, how="dissolved", by=by, now=now)
    return dissolved


def _note_team(team_id: int, *, how: str, by: int | None, now: datetime) -> None:
    audit.note(actor_id=by, action=Action.TEAM_CHANGED, subject=Subject.TEAM, subject_id=team_id, facts={"how": how}, now=now)


def _note(action: Action, user_id: int, *, by: int | None, now: datetime, **facts: int | str) -> None:
    audit.note(actor_id=by, action=action, subject=Subject.USER, subject_id=user_id, facts=facts, now=now)
