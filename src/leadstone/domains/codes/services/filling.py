"""Codes come into a pool: from a list that somebody gives, or made here."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.codes.events import CodesAdded
from leadstone.domains.codes.models import Code, Pool
from leadstone.domains.codes.queries.finding import PURPOSE, lookup_of
from leadstone.domains.codes.rules import MOST_AT_ONCE, Fault, fault_of, make_code
from leadstone.infra.outbox import services as outbox
from leadstone.infra.sealed_text import seal_text

LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one line; `line` counts from 1."""

    line: int
    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a list: how many codes are new, and which lines are none. A line at fault holds up no other."""

    added: int
    faults: Sequence[RowFault] = ()


@transaction.atomic
def open_pool(magnet_id: int, *, now: datetime) -> int:
    """The id of the pool of a magnet, opened with the first wish for one."""
    found, _new = Pool.objects.get_or_create(magnet_id=magnet_id, defaults={"created_at": now})
    return found.pk


@transaction.atomic
def add_codes(texts: Iterable[str], *, pool_id: int, now: datetime) -> Filled:
    """Keep every line that is a new code; empty lines are passed over."""
    # Two colleagues who give the same list at once: the second one waits, and then finds it known.
    Pool.objects.select_for_update().get(pk=pool_id)
    read = [(line, text) for line, given in enumerate(texts, start=1) if (text := " ".join(given.split()))]
    good, faults = _judged(read[:MOST_AT_ONCE], pool_id=pool_id)
    added = _keep(good, pool_id=pool_id, now=now)
    return Filled(added, faults)


@transaction.atomic
def make_codes(count: int, *, pool_id: int, now: datetime) -> int:
    """Put so many codes of ours into a list; returns how many there are more now."""
    texts = [make_code(secrets.randbelow) for _ in range(min(count, MOST_AT_ONCE))]
    return _keep(texts, pool_id=pool_id, now=now)


@transaction.atomic
def mark_low(low_mark: int, *, pool_id: int) -> None:
    """From so many free codes on the owner is told; whoever was told already hears it again for another number."""
    Pool.objects.filter(pk=pool_id).exclude(low_mark=low_mark).update(low_mark=max(0, low_mark), warned_at=None)


def _judged(read: Sequence[tuple[int, str]], *, pool_id: int) -> tuple[list[str], list[RowFault]]:
    keys = {text: lookup_of(text) for _line, text in read}
    known = _pools_of(list(keys.values()))
    good, faults, seen = [], [], set[str]()
    for line, text in read:
        fault = fault_of(text)
        if fault is None and keys[text] in known:
            fault = Fault.KNOWN if known[keys[text]] == pool_id else Fault.ELSEWHERE
        if fault is None and keys[text] in seen:
            fault = Fault.TWICE
        seen.add(keys[text])
        if fault is None:
            good.append(text)
        else:
            faults.append(RowFault(line, text[:80], fault))
    return good, faults


def _pools_of(lookups: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(lookups), LOOKED_UP_AT_ONCE):
        some = Code.objects.filter(lookup__in=lookups[start : start + LOOKED_UP_AT_ONCE])
        found |= dict(some.values_list("lookup", "pool_id"))
    return found


def _keep(texts: Sequence[str], *, pool_id: int, now: datetime) -> int:
    if not texts:
        return 0
    Code.objects.bulk_create([new_row(text, pool_id=pool_id, now=now) for text in texts], batch_size=500)
    Pool.objects.filter(pk=pool_id).update(warned_at=None)
    outbox.record(CodesAdded(pool_id=pool_id), at=now)
    return len(texts)


def new_row(text: str, *, pool_id: int, now: datetime) -> Code:
    """A code that nobody has yet, not saved."""
    return Code(pool_id=pool_id, lookup=lookup_of(text), sealed=seal_text(text, purpose=PURPOSE), added_at=now)
