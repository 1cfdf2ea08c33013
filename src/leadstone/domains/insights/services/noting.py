"""Facts on their way into the lake: staged in the transaction that notes them, under pseudonyms."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.insights.models import LeadTrail, StagedFacts, Standing
from leadstone.domains.insights.rules.facts import SOURCE_COLUMNS, Fact, FactKind, Source, line_of, month_in
from leadstone.infra.bulk import insert_rows

FACTS_AT_ONCE = 5_000  # in one row on the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A lead that came. `person`: a pseudonym, 0 for a company without anybody."""

    lead_id: int
    person: int
    at: datetime
    by: FactKind
    source: Source
    variant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A step that stands for a lead as the database tells it. `subject_id`: the row that it is."""

    lead_id: int
    kind: FactKind
    subject_id: int
    at: datetime
    amount_minor: int = 0
    currency: str = ""


@transaction.atomic
def note_facts(facts: Iterable[Fact]) -> None:
    """Have facts written into the lake. Whoever calls sees to it that each is noted once."""
    by_month: dict[str, list[str]] = {}
    for line in map(line_of, facts):
        by_month.setdefault(line[:7], []).append(line)
    insert_rows(
        StagedFacts(month=month_in(portion[0]), lines="\n".join(portion), facts=len(portion))
        for lines in by_month.values()
        for portion in (lines[begin : begin + FACTS_AT_ONCE] for begin in range(0, len(lines), FACTS_AT_ONCE))
    )


@transaction.atomic
def note_arrivals(arrivals: Sequence[Arrival]) -> None:
    """Give each lead its number in the lake, once, and tell the lake that it came. What was told before is passed over."""
    known = set(LeadTrail.objects.filter(lead_id__in=[each.lead_id for each in arrivals]).values_list("lead_id", flat=True))
    fresh = {each.lead_id: each for each in arrivals if each.lead_id not in known}
    rows = [_trail(each) for each in fresh.values()]
    insert_rows(rows)
    note_facts(fact_of(row, person=each.person, kind=each.by, at=each.at) for row, each in zip(rows, fresh.values(), strict=True))


def trails(lead_ids: Collection[int]) -> dict[int, LeadTrail]:
    """Lead id → its trail; leads without one are left out."""
    return {row.lead_id: row for row in LeadTrail.objects.filter(lead_id__in=lead_ids)}


def told_of(kind: FactKind, *, subject_ids: Collection[int]) -> set[int]:
    """Those of these rows of which the lake knows."""
    told = Standing.objects.filter(kind=kind.value, subject_id__in=list(subject_ids))
    return set(told.values_list("subject_id", flat=True))


@transaction.atomic
def bring_in_step(
    stood: Sequence[Stood],
    *,
    kinds: Collection[FactKind],
    persons: Mapping[int, int],
    lead_ids: Collection[int],
    subject_ids: Collection[int] | None = None,
) -> None:
    """Tell the lake what stands of these `kinds` for these leads, and what no longer does: each once, whoever asks how often.

    `persons`: lead id → pseudonym of its person. `subject_ids` narrows it to these rows; what is told of others stays. A lead
    without a trail is passed over.
    """
    if subject_ids is not None and not subject_ids:
        return
    known = trails(lead_ids)
    wanted = {(known[each.lead_id].pk, each.kind.value, each.subject_id): each for each in stood if each.lead_id in known}
    held = Standing.objects.select_for_update().filter(trail__in=known.values(), kind__in=[kind.value for kind in kinds])
    if subject_ids is not None:
        held = held.filter(subject_id__in=subject_ids)
    told = {(row.trail_id, row.kind, row.subject_id): row for row in held}
    gone = [row for key, row in told.items() if key not in wanted or _differs(row, wanted[key])]
    Standing.objects.filter(pk__in=[row.pk for row in gone]).delete()
    fresh = [
        Standing(
            trail_id=key[0],
            kind=key[1],
            subject_id=key[2],
            at=each.at,
            amount_minor=each.amount_minor,
            currency=each.currency,
        )
        for key, each in wanted.items()
        if key not in told or _differs(told[key], each)
    ]
    insert_rows(fresh)
    by_pk = {trail.pk: trail for trail in known.values()}
    note_facts(
        _of_standing(row, by_pk[row.trail_id], person=persons.get(by_pk[row.trail_id].lead_id, 0), number=number)
        for number, rows in ((-1, gone), (1, fresh))
        for row in rows
    )


@transaction.atomic
def move_trails(placed: Mapping[int, tuple[str, int, int]]) -> None:
    """Lead id → its channel, campaign and person: all that the lake was told of it is taken back, and told from there.

    It stands under another number then: all facts of one number share one source.
    """
    for lead_id, trail in trails(placed).items():
        channel, campaign_id, person = placed[lead_id]
        told = list(trail.standing.all())
        note_facts(_all_of(trail, told, person=person, number=-1))
        trail.alias, trail.channel, trail.campaign_id = _fresh_alias(), channel, campaign_id
        trail.save(update_fields=["alias", "channel", "campaign_id"])
        note_facts(_all_of(trail, told, person=person, number=1))


def _all_of(trail: LeadTrail, told: Sequence[Standing], *, person: int, number: int) -> list[Fact]:
    came = fact_of(trail, kind=FactKind(trail.came_by), at=trail.came_at, person=person, number=number)
    return [came, *(_of_standing(row, trail, person=person, number=number) for row in told)]


def _fresh_alias() -> int:
    return secrets.randbits(62) + 1


def fact_of(
    trail: LeadTrail, *, kind: FactKind, at: datetime, person: int, number: int = 1, amount_minor: int = 0, currency: str = ""
) -> Fact:
    """A fact about a lead: with the source that all of its facts share."""
    return Fact(
        at=at,
        kind=kind,
        source=source_of(trail),
        lead=trail.alias,
        person=person,
        variant=trail.variant,
        number=number,
        amount_minor=amount_minor,
        currency=currency,
    )


def source_of(trail: LeadTrail) -> Source:
    return Source(**{name: getattr(trail, name) for name in SOURCE_COLUMNS})


def _trail(arrival: Arrival) -> LeadTrail:
    source = arrival.source
    return LeadTrail(
        lead_id=arrival.lead_id,
        alias=_fresh_alias(),
        variant=arrival.variant,
        came_at=arrival.at,
        came_by=arrival.by.value,
        **{name: getattr(source, name) for name in SOURCE_COLUMNS},
    )


def _differs(row: Standing, each: Stood) -> bool:
    return (row.at, row.amount_minor, row.currency) != (each.at, each.amount_minor, each.currency)


def _of_standing(row: Standing, trail: LeadTrail, *, person: int, number: int) -> Fact:
    return fact_of(
        trail,
        kind=FactKind(row.kind),
        at=row.at,
        person=person,
        number=number,
        amount_minor=number * row.amount_minor,
        currency=row.currency,
    )
