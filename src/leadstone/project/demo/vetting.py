"""The demo's bold magnet: a manager answered for its title by name, and the figures show later what came of it."""

from datetime import datetime

from leadstone.domains.magnets.honesty import objections_in
from leadstone.domains.vetting import services as vetting
from leadstone.wire.definition import MagnetDefinition

REASON = "The campaign was booked before we had these checks. We watch how many of its leads become customers."


def answer_for_claims(*, magnet_id: int, definition: MagnetDefinition, by: int, now: datetime) -> None:
    """Approve whatever the checks found in a magnet of the demo."""
    for objection in objections_in(definition):
        vetting.approve(magnet_id=magnet_id, objection=objection, reason=REASON, by=by, now=now)
