"""To which touch a customer is owed: six models, checked by hand and by what they promise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.insights.rules.attribution import Model, Path, attribute, shares

SALE = datetime(2026, 3, 1, tzinfo=UTC)


def path(*places: str, won: bool = True, worth: int = 0, apart: timedelta = timedelta(days=7)) -> Path[str]:
    touches = [(SALE - apart * (len(places) - 1 - number), place) for number, place in enumerate(places)]
    return Path(touches=touches, won_at=SALE if won else None, worth=worth)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Model.FIRST, {"fair": 1.0, "search": 0.0, "mail": 0.0, "call": 0.0}),
        (Model.LAST, {"fair": 0.0, "search": 0.0, "mail": 0.0, "call": 1.0}),
        (Model.LINEAR, {"fair": 0.25, "search": 0.25, "mail": 0.25, "call": 0.25}),
        (Model.POSITION, {"fair": 0.4, "search": 0.1, "mail": 0.1, "call": 0.4}),
        (Model.TIME_DECAY, {"fair": 1 / 15, "search": 2 / 15, "mail": 4 / 15, "call": 8 / 15}),
    ],
)
def test_one_customer_of_four_touches_a_week_apart_is_divided_as_the_model_says(model: Model, expected: dict[str, float]) -> None:
    assert shares(path("fair", "search", "mail", "call"), model=model) == pytest.approx(expected)


def test_a_place_that_stands_twice_in_a_path_gets_both_shares() -> None:
    assert shares(path("mail", "fair", "mail"), model=Model.LINEAR) == pytest.approx({"mail": 2 / 3, "fair": 1 / 3})


def test_two_touches_share_evenly_by_position() -> None:
    assert shares(path("fair", "call"), model=Model.POSITION) == pytest.approx({"fair": 0.5, "call": 0.5})


def test_what_came_after_the_sale_counts_for_nothing() -> None:
    late = Path(touches=[(SALE - timedelta(days=1), "fair"), (SALE + timedelta(days=1), "mail")], won_at=SALE, worth=900)

    assert attribute([late], model=Model.LAST)["fair"].worth == 900
    assert "mail" not in attribute([late], model=Model.LINEAR)


def test_the_chain_credits_what_would_be_missing_without_a_place() -> None:
    """Checked by hand: 2 of 4 win; without the fair nobody does (effect 1), without mail a quarter of all does (effect 1/2)."""
    paths = [path("fair", "mail", worth=300), path("fair", worth=100), path("mail", won=False), path("fair", won=False)]
    # start → fair 3/4, mail 1/4; fair → mail 1/3, won 1/3, lost 1/3; mail → won 1/2, lost 1/2.
    # P(won) = 3/4·(1/3 + 1/3·1/2) + 1/4·1/2 = 1/2; without fair 1/8 (effect 3/4); without mail 1/4 (effect 1/2).
    credit = attribute(paths, model=Model.MARKOV)

    assert credit["fair"].customers == pytest.approx(2 * 0.75 / 1.25)
    assert credit["mail"].customers == pytest.approx(2 * 0.5 / 1.25)
    assert credit["fair"].worth + credit["mail"].worth == pytest.approx(400)


def test_a_circle_in_the_touches_does_not_run_for_ever() -> None:
    credit = attribute([path("a", "b", "a", "b", "a"), path("a", "b", "a", won=False)], model=Model.MARKOV)

    assert sum(each.customers for each in credit.values()) == pytest.approx(1)


places = st.lists(st.sampled_from(["fair", "mail", "call", "search"]), max_size=6)


@given(
    st.lists(st.tuples(places, st.booleans(), st.integers(0, 10**9)), max_size=12),
    st.sampled_from(list(Model)),
)
def test_the_credits_add_up_to_the_customers_who_had_a_touch_and_to_what_they_paid(
    told: list[tuple[list[str], bool, int]], model: Model
) -> None:
    paths = [path(*names, won=won, worth=worth) for names, won, worth in told]
    touched = [each for each in paths if each.won_at and each.touches]

    credit = attribute(paths, model=model).values()

    assert sum(each.customers for each in credit) == pytest.approx(len(touched))
    assert sum(each.worth for each in credit) == pytest.approx(sum(each.worth for each in touched))
    assert all(each.customers >= 0 for each in credit)


@given(st.lists(places.filter(bool), min_size=1, max_size=8))
def test_one_place_alone_gets_all_whatever_the_model(told: list[list[str]]) -> None:
    paths = [path(*["fair"] * len(names)) for names in told]

    assert {round(attribute(paths, model=model)["fair"].customers, 9) for model in Model} == {float(len(paths))}


@given(st.lists(st.tuples(places, st.booleans(), st.integers(1, 4)), max_size=8), st.sampled_from(list(Model)))
def test_people_whose_ways_are_the_same_count_as_if_each_were_told_alone(
    told: list[tuple[list[str], bool, int]], model: Model
) -> None:
    together = [replace(path(*names, won=won, worth=60 * people), people=people) for names, won, people in told]
    alone = [path(*names, won=won, worth=60) for names, won, people in told for _ in range(people)]

    one, other = attribute(together, model=model), attribute(alone, model=model)

    assert {key: each.customers for key, each in one.items()} == pytest.approx({k: each.customers for k, each in other.items()})
    assert {key: each.worth for key, each in one.items()} == pytest.approx({k: each.worth for k, each in other.items()})
