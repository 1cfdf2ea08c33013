"""What was won and lost over some days, sorted by why, by whom and where from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import CloseReason, Stage
from leadstone.domains.pipeline.queries.deal_matching import deals_matching
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.domains.pipeline.rules.wins_losses import Group, Outcome, grouped

Names = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every table adds up to the same deals: those of `scope`. Keys are ids (0: none) and channels."""

    scope: DealFilter
    total: Group
    straight: int  # recorded as won or lost without having stood on the board
    lost_reasons: Sequence[Group]
    won_reasons: Sequence[Group]
    owners: Sequence[Group]
    channels: Sequence[Group]
    magnets: Sequence[Group]
    lost_from: Sequence[Group]  # the stage in which lost deals stood last


def wins_and_losses(scope: DealFilter, *, reader: Reader, now: datetime) -> Report:
    """The deals that were closed within `scope`, which names the days and the currency. One query."""
    closed = deals_matching(replace(scope, is_closed=True), reader=reader, now=now)
    rows = closed.values_list(
        "won_at", "amount_minor", "close_reason_id", "owner_id", "lead__channel", "lead__magnet_id", "left_stage", "worked"
    )
    outcomes, straight = [], 0
    for won_at, amount, reason, owner, channel, magnet, stage, worked in rows:
        straight += not worked
        outcomes.append(
            Outcome(
                won=won_at is not None,
                amount_minor=amount or 0,
                reason_id=reason or 0,
                owner_id=owner or 0,
                channel=channel,
                magnet_id=magnet or 0,
                left_stage_id=stage or 0,
            )
        )
    won, lost = [one for one in outcomes if one.won], [one for one in outcomes if not one.won]
    return Report(
        scope=scope,
        total=next(iter(grouped(outcomes, by=lambda _one: 0)), Group(key=0)),
        straight=straight,
        lost_reasons=grouped(lost, by=lambda one: one.reason_id),
        won_reasons=grouped(won, by=lambda one: one.reason_id),
        owners=grouped(outcomes, by=lambda one: one.owner_id),
        channels=grouped(outcomes, by=lambda one: one.channel),
        magnets=grouped(outcomes, by=lambda one: one.magnet_id),
        lost_from=grouped(lost, by=lambda one: one.left_stage_id),
    )


def reason_names() -> Names:
    """Every reason for winning or losing, also those no longer in use."""
    return dict(CloseReason.objects.order_by("position", "pk").values_list("pk", "names"))


def stage_names() -> Names:
    """Every stage, also those no longer on the board."""
    return dict(Stage.objects.order_by("position", "pk").values_list("pk", "names"))
