"""Who won and lost what, and why: closed deals by one aspect at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A deal that was won or lost, with what a report may sort it by. Ids are 0 where there is none."""

    won: bool
    amount_minor: int
    reason_id: int
    owner_id: int
    channel: str
    magnet_id: int
    left_stage_id: int  # where it stood before it was closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Deals that share one aspect. `key` is what they share."""

    key: int | str
    won: int = 0
    lost: int = 0
    won_minor: int = 0
    lost_minor: int = 0

    @property
    def closed(self) -> int:
        return self.won + self.lost


def grouped(deals: Iterable[Outcome], *, by: Callable[[Outcome], int | str]) -> list[Group]:
    """The largest group first; groups of one size in the order of their keys, so that a report never shuffles."""
    members: dict[int | str, list[Outcome]] = {}
    for deal in deals:
        members.setdefault(by(deal), []).append(deal)
    groups = [_group(key, found) for key, found in members.items()]
    return sorted(groups, key=lambda group: (-group.closed, str(group.key)))


def _group(key: int | str, deals: list[Outcome]) -> Group:
    won = [deal.amount_minor for deal in deals if deal.won]
    lost = [deal.amount_minor for deal in deals if not deal.won]
    return Group(key=key, won=len(won), lost=len(lost), won_minor=sum(won), lost_minor=sum(lost))
