"""What somebody says on the phone about being called."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from leadstone.domains.consent.models import Suppression
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.consent.services import suppress
from leadstone.infra.blind_index import address_hash
from leadstone.wire.definition import Channel


@transaction.atomic
def stop_calls(numbers: Iterable[str], *, now: datetime) -> None:
    """Nobody calls these numbers (E.164) about what we sell any more, whoever else has them too. Twice is as once."""
    suppress(
        [address_hash(number) for number in numbers],
        scope=Scope.MARKETING,
        reason=StopReason.STAFF,
        now=now,
        channel=Channel.PHONE,
    )


@transaction.atomic
def take_back_slip(numbers: Iterable[str], *, said_at: datetime, now: datetime) -> None:
    """One of us pressed the wrong button: the stops that were written down at that very moment end. Older ones stay."""
    hashes = [address_hash(number) for number in numbers]
    slips = Suppression.objects.filter(address_hash__in=hashes, channel=Channel.PHONE.value, reason=StopReason.STAFF.value)
    slips.filter(at=said_at, lifted_at=None).update(lifted_at=now)
