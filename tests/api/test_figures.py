"""The figures of the screen Results, for other programs."""

from datetime import UTC, datetime

import pytest
import time_machine

from leadstone.domains.access.rules import Scope
from leadstone.domains.insights.queries.figures import figures
from tests.api.conftest import Program
from tests.cast import MONDAY, ask, confirm, published


@pytest.fixture(autouse=True)
def _on_monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_a_program_reads_the_figures_that_the_screen_shows(program: Program) -> None:
    guide, nobody = published("guide"), published("nobody")
    confirm(ask(guide, "ann@example.com"))
    ask(guide, "bob@example.com")

    items = program(Scope.READ_FIGURES).get("/api/v1/magnets/figures").json()["items"]

    shown = {row.magnet_id: row for row in figures(now=datetime.now(UTC))}
    assert [item["magnet_id"] for item in items] == [guide.magnet_id, nobody.magnet_id]
    for item in items:
        row = shown[item["magnet_id"]]
        assert {name: item[name] for name in item if name != "since"} == {
            name: getattr(row, name) for name in item if name != "since"
        }
    assert (items[0]["submissions"], items[0]["proven"], items[0]["leads"]) == (2, 1, 2)


def test_who_may_list_magnets_learns_nothing_of_what_they_bring(program: Program) -> None:
    published("guide")
    client = program(Scope.READ_MAGNETS)

    assert client.get("/api/v1/magnets/figures").status_code == 403
    assert "revenue" not in client.get("/api/v1/magnets").content.decode()
