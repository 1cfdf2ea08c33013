"""A draft is shown to somebody outside before it is public: one stored link a magnet, which runs out and can be ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.magnets import queries as magnets
from leadstone.infra.stored_tokens import queries as stored_tokens
from leadstone.infra.stored_tokens import services as tokens

PURPOSE = "draft"
LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Shown:
    """That a link to a draft opens it, since when and until when."""

    since: datetime
    until: datetime


@transaction.atomic
def show_draft(*, magnet_id: int, now: datetime) -> str:
    """A new token for the draft; the one before it opens nothing any more."""
    subject = str(magnets.magnet(magnet_id).pk)
    tokens.revoke(subject=subject, purpose=PURPOSE)
    return tokens.mint([subject], purpose=PURPOSE, expires_at=now + LASTS, now=now)[subject]


@transaction.atomic
def hide_draft(*, magnet_id: int, now: datetime) -> bool:
    """End the link; False when none opened it."""
    shown = is_shown(magnet_id, now=now) is not None
    tokens.revoke(subject=str(magnet_id), purpose=PURPOSE)
    return shown


def is_shown(magnet_id: int, *, now: datetime) -> Shown | None:
    """Whether a link opens the draft now."""
    since = stored_tokens.minted_at(str(magnet_id), purpose=PURPOSE, now=now)
    return Shown(since, since + LASTS) if since else None


def draft_behind(token: str, *, now: datetime) -> int | None:
    """The id of the magnet whose draft a token opens; None for one that was ended, that ran out, or that never was."""
    subject = stored_tokens.subject_of(token, purpose=PURPOSE, now=now)
    return int(subject) if subject and subject.isdigit() else None
