"""The rule packs: what each country's law wants before a sales contact. Dated data files; the rules themselves open none.

A pack holds from its `since` until a later one of the same country; the file of a new law is put beside the old one, under
any name. For a country without a pack the strictest demand of all packs holds.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from leadstone.domains.consent.rules import Demand, Ground, RulePack, SubjectKind, Wants, strictest_of
from leadstone.wire.definition import Channel


class _Demand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wants: Wants
    article: str
    lifted_by: frozenset[Ground] = frozenset()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    country: str
    since: date
    law: str
    person: dict[Channel, _Demand]
    business: dict[Channel, _Demand]


@cache
def packs() -> tuple[RulePack, ...]:
    """Every pack, by country and date. A pack that leaves a channel or a kind out is a mistake (KeyError)."""
    read = (_pack(file.read_bytes()) for file in files(__name__).iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(read, key=lambda pack: (pack.country, pack.since)))


def pack_for(country: str, *, on: date) -> RulePack:
    """What holds in a country (ISO 3166-1) on a day; of a country that is unknown or has no pack yet, the strictest."""
    own = [pack for pack in _in_force(on) if pack.country == country]
    return own[-1] if own else strictest_of(_in_force(on))


def _in_force(on: date) -> list[RulePack]:
    latest = {pack.country: pack for pack in packs() if pack.since <= on}
    return list(latest.values()) or list(packs())


def _pack(text: bytes) -> RulePack:
    told = msgspec.toml.decode(text, type=_File)
    return RulePack(country=told.country, since=told.since, law=told.law, demands=dict(_demands(told)))


def _demands(told: _File) -> Iterator[tuple[tuple[SubjectKind, Channel], Demand]]:
    for kind, demands in ((SubjectKind.PERSON, told.person), (SubjectKind.BUSINESS, told.business)):
        for channel in Channel:
            demand = demands[channel]
            yield (kind, channel), Demand(wants=demand.wants, article=demand.article, lifted_by=demand.lifted_by)
