"""Charts draw what they are told: places from numbers, nothing lost, nothing on top of each other."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from leadstone.studio.charts.flows import Flow, flow_map
from leadstone.studio.charts.heat import SHADES, Cell, heat_rows
from leadstone.studio.charts.lines import LEAST_APART, Line, line_chart
from leadstone.studio.charts.scale import ticks


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 1]),
        (7, [0, 2, 4, 6, 8]),
        (100, [0, 25, 50, 75, 100]),
        (0.31, [0, 0.1, 0.2, 0.3, 0.4]),
        (1234, [0, 500, 1000, 1500]),
    ],
)
def test_ticks_are_round_and_reach_over_the_highest(highest: float, expected: list[float]) -> None:
    assert ticks(highest) == pytest.approx(expected)


@given(st.floats(min_value=0.001, max_value=1e12), st.booleans())
def test_ticks_always_reach_over_the_highest_and_are_few(highest: float, whole: bool) -> None:
    marks = ticks(highest, whole=whole)

    assert marks[0] == 0
    assert marks[-1] >= highest * (1 - 1e-9)
    assert len(marks) <= 6
    assert not whole or all(mark == int(mark) for mark in marks)


def chart(*lines: Line, **more: object) -> object:
    return line_chart(lines, labels=[(0, "Jan"), (10, "Feb")], tell=lambda value: f"{value:g}", told="all of it", **more)  # type: ignore[arg-type]


def test_a_line_stands_where_its_numbers_say() -> None:
    drawn = chart(Line(name="leads", points=[(0, 0), (5, 50), (10, 100)])).lines[0]  # type: ignore[attr-defined]

    assert drawn.firm == "M0.0 100.0L50.0 50.0L100.0 0.0"
    assert drawn.end_y == 14


def test_what_rests_on_few_cases_is_drawn_apart_and_goes_on_from_where_the_firm_part_ends() -> None:
    drawn = chart(Line(name="leads", points=[(0, 0), (5, 50), (10, 100)], firm_until=5)).lines[0]  # type: ignore[attr-defined]

    assert drawn.firm == "M0.0 100.0L50.0 50.0"
    assert drawn.unsure == "M50.0 50.0L100.0 0.0"


def test_names_of_lines_that_end_at_one_place_do_not_lie_on_each_other() -> None:
    ends = [line.end_y for line in chart(*(Line(name=str(n), points=[(0, 1), (10, 5)]) for n in range(4))).lines]  # type: ignore[attr-defined]

    assert all(after - before >= LEAST_APART for before, after in pairwise(ends))


def test_a_curve_climbs_in_steps_and_its_band_closes() -> None:
    line = Line(name="bought", points=[(0, 0), (5, 0.5)], bands=[(0, 0), (0.4, 0.6)])
    drawn = chart(line, stepped=True, highest=1).lines[0]  # type: ignore[attr-defined]

    assert drawn.firm == "M0.0 100.0H50.0V50.0"
    assert drawn.band.endswith("Z")


def test_a_picture_says_in_words_what_it_shows_and_escapes_names() -> None:
    html = render_to_string("charts/_lines.html", {"chart": chart(Line(name="<b>", points=[(0, 1), (10, 2)]))})

    assert 'aria-label="all of it"' in html
    assert "&lt;b&gt;" in html
    assert not re.search(r"\sstyle=", html)


def test_a_heat_map_shades_against_the_largest_firm_share() -> None:
    rows = heat_rows(
        [("Jan", "40", [Cell(words="10 %", share=0.1), Cell(words="5 %", share=0.05), Cell(words="90 %", share=0.9, few=True)])]
    )

    assert [cell.shade for cell in rows[0].cells] == [SHADES, 3, SHADES]
    assert [cell.few for cell in rows[0].cells] == [False, False, True]


def test_what_is_too_early_to_tell_is_not_shaded() -> None:
    assert heat_rows([("Jan", "0", [Cell(words="", share=None)])])[0].cells[0].shade == 0


flows = st.lists(
    st.builds(Flow, source=st.sampled_from("abcdef"), target=st.sampled_from("xyz"), number=st.integers(0, 10_000)), max_size=30
)


@given(flows)
def test_a_source_map_keeps_every_number_and_no_two_bars_overlap(told: list[Flow]) -> None:
    drawn = flow_map(told, told="")

    assert sum(bar.number for bar in drawn.sources) == sum(flow.number for flow in told)
    assert sum(bar.number for bar in drawn.targets) == sum(flow.number for flow in told)
    assert len(drawn.ribbons) == sum(flow.number > 0 for flow in told)
    for bars in (drawn.sources, drawn.targets):
        assert all(above.y + above.height <= below.y for above, below in pairwise(bars))
        assert all(bar.y + bar.height <= drawn.height for bar in bars)


def test_the_largest_stands_on_top() -> None:
    drawn = flow_map([Flow(source="mail", target="guide", number=3), Flow(source="fair", target="guide", number=9)], told="")

    assert [bar.name for bar in drawn.sources] == ["fair", "mail"]
