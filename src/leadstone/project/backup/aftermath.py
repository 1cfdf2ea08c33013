"""What follows a restore before anybody works with it: forms that waited, erasures since, and the quarantine."""

from collections.abc import Iterator
from datetime import UTC, datetime

from leadstone.domains.brand import queries as brand
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.services import hosts
from leadstone.domains.privacy import services as privacy
from leadstone.flows.journal_drained import drain
from leadstone.flows.reactions import REACTIONS
from leadstone.infra import erasure_log
from leadstone.infra.host import this_host
from leadstone.infra.keys import core_keys
from leadstone.infra.logs import configure_logs
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.environment import Environment
from leadstone.studio.setup.key import note_set_up
from leadstone.wire.definition import Channel
from leadstone.wire.journal import JournalReader

DRAIN_AT_ONCE = 200


class ForeignErasures(LeadstoneError):
    code = "foreign_erasures"
    sentence = "The list of erasures belongs to another installation. Nothing was changed."


def settle(given: Environment, *, ended_at: datetime) -> list[str]:
    """Bring a loaded installation to where its original stood; returns what to tell about it.

    `ended_at`: when the backup was complete. What had been acknowledged by then takes effect with that time, so that it counts
    as what the original may have answered.
    """
    configure_logs(form=given.log_format, level="error", process="restore")
    waited = _take_in(given, now=ended_at)
    lines = [f"{waited:,} records that waited in the journal took effect."] if waited else []
    now = max(datetime.now(UTC), ended_at)
    lines += _erase_again(given, now=now)
    hosts.begin_quarantine(this_host(), now=now)
    if brand.is_set_up():
        note_set_up(given.folder)
    held = delivery.waiting_since_before(now).count()
    if held:
        lines.append(f"{held:,} messages waited to be sent; the original may have sent them.")
    return lines


def _take_in(given: Environment, *, now: datetime) -> int:
    taken = 0
    if given.folder.journal.exists():
        reader = JournalReader(given.folder.journal, core_keys(given.folder).journal_private_key)
        try:
            while count := drain(reader, now=now, limit=DRAIN_AT_ONCE):
                taken += count
        finally:
            reader.close()
    _react(now=now)
    return taken


def _react(*, now: datetime) -> None:
    while outbox.react(REACTIONS, now=now):
        pass


def _erase_again(given: Environment, *, now: datetime) -> Iterator[str]:
    if not given.folder.erasures.exists():
        return
    lines = erasure_log.read(given.folder.erasures)
    if any(not erasure_log.is_ours(line) for line in lines):
        raise ForeignErasures
    stops = [line for line in lines if isinstance(line, erasure_log.StoppedAddress)]
    stopped = 0
    for line in stops:
        scope, reason = Scope(line.scope), StopReason(line.reason)
        stopped += len(consent.suppress([line.hash], scope=scope, reason=reason, channel=Channel(line.channel), now=line.at))
    erased = privacy.erase_again(
        traces={line.trace for line in lines if isinstance(line, erasure_log.ErasedPerson)},
        addresses={line.hash: line.at for line in stops if line.reason == StopReason.ERASED},
        now=now,
    )
    _react(now=now)
    if erased or stopped:
        yield f"{erased:,} people who were erased since, and {stopped:,} addresses that were stopped since, are so again."
