"""Each number of the results opens to its rows."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from leadstone.domains.insights import queries
from tests.cast import Guide, ask, confirm
from tests.studio.test_leads import names


def test_the_number_of_leads_is_the_number_of_rows_behind_it(admin: Client, guide: Guide) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    for number in range(4):
        ask(guide, f"w{number}@example.com", now=now)
    ask(guide, "old@example.com", now=now - timedelta(days=120))
    page = admin.get("/results/").content.decode()

    found = re.search(rf'href="(/leads/\?magnet={guide.magnet_id}&amp;from=[-\d]+)">(\d+)<', page)
    assert found
    assert found[2] == "4"
    assert len(names(admin.get(found[1].replace("&amp;", "&")).content.decode())) == 4


def test_the_steps_of_one_magnet_open_to_their_rows(admin: Client, guide: Guide) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    confirm(ask(guide, "yes@example.com", now=now), now=now)
    ask(guide, "no@example.com", now=now)
    page = admin.get(f"/results/{guide.magnet_id}").content.decode()

    link = re.search(r'href="(/leads/\?[^"]*proven=yes)"', page)
    assert link
    assert len(names(admin.get(link[1].replace("&amp;", "&")).content.decode())) == 1
    assert queries.figures_of(guide.magnet_id, now=datetime.now(UTC)).proven == 1  # type: ignore[union-attr]


def test_an_unknown_magnet_has_no_results(admin: Client) -> None:
    assert admin.get("/results/404").status_code == 404
