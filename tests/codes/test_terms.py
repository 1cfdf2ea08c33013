"""What a magnet that gives codes must say before it may be published, and how its rules read."""

from typing import Any

import pytest

from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.wire.pages.areas.codes.terms import shown_terms
from tests.codes.cast import told

PUMP = {"product": "Pompa X1", "before_minor": 50_000, "now_minor": 40_000, "lowest_minor": 48_000}
GAPS: list[tuple[GapCode, str, dict[str, Any]]] = [
    (GapCode.PERCENT_WRONG, "benefit", {"percent": 0}),
    (GapCode.PERCENT_WRONG, "benefit", {"percent": 101}),
    (GapCode.AMOUNT_MISSING, "benefit", {"benefit": "amount"}),
    (GapCode.AMOUNT_MISSING, "rules", {"minimum_minor": -1}),
    (GapCode.APPLIES_TO_MISSING, "benefit", {"applies_to": " "}),
    (GapCode.ENDS_BEFORE_IT_BEGINS, "rules", {"valid_from": "2026-12-02", "valid_until": "2026-12-01"}),
    (GapCode.USES_WRONG, "rules", {"uses": -1}),
    (GapCode.ZONE_UNKNOWN, "rules", {"zone": "Europe/Wroclaw"}),
    (GapCode.TOO_MANY_CUTS, "cuts", {"cuts": [PUMP] * 21}),
    (GapCode.PRODUCT_MISSING, "cuts.0", {"cuts": [PUMP | {"product": ""}]}),
    (GapCode.PRICE_MISSING, "cuts.0", {"cuts": [PUMP | {"before_minor": 0}]}),
    (GapCode.LOWEST_PRICE_MISSING, "cuts.1", {"cuts": [PUMP, PUMP | {"lowest_minor": 0}]}),
    (GapCode.LOWEST_PRICE_WRONG, "cuts.0", {"cuts": [PUMP | {"lowest_minor": 50_001}]}),
    (GapCode.NO_PRICE_CUT, "cuts.0", {"cuts": [PUMP | {"lowest_minor": 40_000}]}),
]
GAPS_OF_CODES = {code for code, _where, _settings in GAPS}


def gaps(**settings: Any) -> set[tuple[GapCode, str]]:
    return {(gap.code, gap.where) for gap in gaps_of(told(**settings), facts=PublishFacts(slug="club"))}


@pytest.mark.parametrize(("code", "where", "settings"), GAPS)
def test_each_gap_is_named_at_its_place(code: GapCode, where: str, settings: dict[str, Any]) -> None:
    assert gaps(**settings) == {(code, where)}


def test_a_complete_club_and_a_complete_offer_of_shipping_have_no_gap() -> None:
    assert gaps() == set()
    assert gaps(kind="free_shipping") == set()


@pytest.mark.parametrize("kind", ["discount_club", "free_shipping"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_what_a_new_one_begins_with_fits_its_own_settings(kind: str, language: str) -> None:
    example = KINDS[kind].example
    assert example is not None

    assert gaps(kind=kind, **example(language).settings) == set()


def test_a_price_cut_stands_beside_the_lowest_price_of_the_30_days_before_it_and_is_counted_from_that() -> None:
    (cut,) = shown_terms({"cuts": [PUMP]}, "en").cuts

    assert (cut.now, cut.before, cut.lowest) == ("PLN\xa0400", "PLN\xa0500", "PLN\xa0480")
    assert cut.off == "−16%"  # of 480 and not of 500, and never rounded up


def test_named_goods_with_their_prices_need_no_further_words() -> None:
    assert gaps(applies_to="", cuts=[PUMP]) == set()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"benefit": "percent", "percent": 15}, "15% off"),
        ({"benefit": "amount", "amount_minor": 2_050}, "PLN\xa020.50 off"),
        ({"benefit": "shipping"}, "Free shipping"),
    ],
)
def test_what_it_is_worth_is_said_in_three_words(settings: dict[str, Any], words: str) -> None:
    assert shown_terms(settings, "en").worth == words


def test_every_rule_stands_in_words() -> None:
    said = dict(
        shown_terms({"uses": 3, "minimum_minor": 10_000, "valid_from": "2026-12-01", "valid_until": "2026-12-31"}, "en").rows
    )

    assert said["Valid"] == "from 1 December 2026 to 31 December 2026, both days included"
    assert said["Smallest order"] == "from PLN\xa0100"
    assert said["How often"] == "for 3 orders"
