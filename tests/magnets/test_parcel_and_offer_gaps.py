"""What a sample and a limited offer lack before they may be published."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.magnets.definitions import complete

from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.offering import LARGEST_CAP, Standing, standing_of
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.project.demo.sample import SAMPLE
from leadstone.wire.definition import Availability, FieldKey, MagnetDefinition, with_availability

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def sample(**settings: Any) -> MagnetDefinition:
    return msgspec.structs.replace(SAMPLE, settings=SAMPLE.settings | settings)


def without(key: FieldKey) -> MagnetDefinition:
    asks = tuple(ask for ask in SAMPLE.contract.asks if ask.key is not key)
    return msgspec.structs.replace(SAMPLE, contract=msgspec.structs.replace(SAMPLE.contract, asks=asks))


def offered(**limits: Any) -> MagnetDefinition:
    return with_availability(complete(), Availability(**limits))


CASES = [
    (GapCode.PARCEL_WITHOUT_WORDS, "parcel.item", sample(item=" ")),
    (GapCode.PARCEL_WORTH_MISSING, "parcel.worth", sample(worth_minor=0)),
    (GapCode.PARCEL_DAYS_WRONG, "parcel.within_days", sample(within_days=0)),
    (GapCode.PARCEL_DAYS_WRONG, "parcel.within_days", sample(within_days=61)),
    *((GapCode.ADDRESS_NOT_ASKED, f"asks.{key}", without(key)) for key in (FieldKey.STREET, FieldKey.POSTCODE, FieldKey.CITY)),
    (GapCode.CLOSES_BEFORE_OPENS, "closes_at", offered(opens_at=NOON, closes_at=NOON)),
    (GapCode.CAP_WRONG, "cap", offered(cap=0)),
    (GapCode.CAP_WRONG, "cap", offered(cap=LARGEST_CAP + 1)),
    (GapCode.WAITING_WITHOUT_CAP, "cap", offered(waiting=True)),
    (GapCode.WAITING_WITHOUT_CAP, "cap", offered(shows_left=True)),
]
GAPS_OF_PARCELS = {code for code, _where, _definition in CASES} | {GapCode.STOCK_MISSING}


def gaps(definition: MagnetDefinition, **facts: Any) -> set[tuple[str, str]]:
    found = gaps_of(definition, facts=PublishFacts(**{"slug": "sample", **facts}))
    return {(gap.code.value, gap.where) for gap in found}


@pytest.mark.parametrize(("code", "where", "definition"), CASES)
def test_what_is_missing_is_named_with_its_place(code: GapCode, where: str, definition: MagnetDefinition) -> None:
    assert gaps(definition) == {(code.value, where)}


def test_the_demo_sample_lacks_nothing_but_a_stock_where_there_is_none() -> None:
    assert gaps(SAMPLE) == set()
    assert gaps(SAMPLE, in_stock=False) == {("stock_missing", "stock")}
    assert gaps(complete(), in_stock=False) == set()


@pytest.mark.parametrize(
    ("limits", "left", "at", "standing"),
    [
        ({}, None, NOON, Standing.OPEN),
        ({"opens_at": NOON}, None, NOON - timedelta(seconds=1), Standing.NOT_YET),
        ({"opens_at": NOON}, None, NOON, Standing.OPEN),
        ({"closes_at": NOON}, None, NOON - timedelta(seconds=1), Standing.OPEN),
        ({"closes_at": NOON}, None, NOON, Standing.CLOSED),
        ({"closes_at": NOON, "waiting": True}, 0, NOON, Standing.CLOSED),
        ({"opens_at": NOON}, 0, NOON - timedelta(days=1), Standing.NOT_YET),
        ({"cap": 5}, 1, NOON, Standing.OPEN),
        ({"cap": 5}, 0, NOON, Standing.TAKEN),
        ({"cap": 5, "waiting": True}, 0, NOON, Standing.LINE),
        ({"cap": 5}, None, NOON, Standing.OPEN),
    ],
)
def test_an_offer_stands_where_clock_and_counter_say(
    limits: dict[str, Any], left: int | None, at: datetime, standing: Standing
) -> None:
    assert standing_of(Availability(**limits), left=left, now=at) is standing
