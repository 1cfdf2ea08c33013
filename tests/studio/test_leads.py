"""The list of leads: its address is the view."""

from datetime import timedelta

import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.leads import queries
from tests.cast import MONDAY, Guide, Visitor, ask, published
from tests.studio.conftest import Browser


def names(page: str) -> list[str]:
    """Who stands in the list, in its order."""
    return [
        part.split("<", 1)[0] for part in page.split('<a class="whole" href="/leads/')[1:] for part in [part.split(">", 1)[1]]
    ]


def shown(client: Client, query: str = "") -> list[str]:
    return names(client.get(f"/leads/{query}").content.decode())


@pytest.fixture
def lodz(guide: Guide) -> Visitor:
    return ask(guide, "biuro@huta.example", name="Żaneta Łódzka", company="Huta Łódź")


@pytest.mark.parametrize("typed", ["lodz", "Łódź", "LODZKA", "zaneta huta", "biuro@huta"])
def test_search_finds_a_person_with_or_without_accents(admin: Client, lodz: Visitor, ann: Visitor, typed: str) -> None:
    assert shown(admin, f"?q={typed}") == ["Żaneta Łódzka"]


def test_a_number_is_found_however_it_is_spaced(admin: Client, ann: Visitor, lodz: Visitor) -> None:
    assert shown(admin, "?q=601234567") == ["Ann Nowak"]


def test_filters_narrow_and_stay_in_the_address(admin: Client, ann: Visitor, bob: Visitor) -> None:
    assert shown(admin, "?proven=yes") == ["Ann Nowak"]
    assert shown(admin, "?proven=no") == ["Bob"]
    page = admin.get("/leads/?proven=yes&order=name").content.decode()
    assert "/leads/export.csv?proven=yes&amp;order=name" in page


def test_another_magnet_shows_nobody_of_this_one(admin: Client, ann: Visitor, guide: Guide) -> None:
    other = published("other")

    assert shown(admin, f"?magnet={other.magnet_id}") == []
    assert shown(admin, f"?magnet={guide.magnet_id}") == ["Ann Nowak"]


def test_a_first_day_leaves_out_who_came_before(admin: Client, guide: Guide) -> None:
    ask(guide, "early@example.com", name="Early", now=MONDAY - timedelta(days=5))
    ask(guide, "late@example.com", name="Late", now=MONDAY)

    assert shown(admin, f"?from={MONDAY.date().isoformat()}") == ["Late"]


@pytest.mark.parametrize(
    "query",
    [
        "?status=nonsense&order='; drop table--&band=%00&owner=-1&magnet=1e9&page=-4&from=yesterday&channel=../..",
        "?page=99999999999999999999&magnet=99999999999999999999",
        "?q=%00%25_'\"",
        "?q=" + "a" * 5000,
    ],
)
def test_nonsense_in_the_address_is_left_out_and_breaks_nothing(admin: Client, ann: Visitor, query: str) -> None:
    assert admin.get(f"/leads/{query}").status_code == 200


def test_pages_follow_each_other_without_gap_or_repeat(admin: Client, guide: Guide) -> None:
    for number in range(55):
        ask(guide, f"p{number:02}@example.com", name=f"Person {number:02}", now=MONDAY + timedelta(minutes=number))

    first, second = shown(admin), shown(admin, "?page=2")

    assert len(first) == 50
    assert len(second) == 5
    assert len({*first, *second}) == 55
    assert shown(admin, "?page=3") == []


def test_counting_stops_at_its_limit(admin: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.listing, "MOST_COUNTED", 2)
    for number in range(3):
        ask(guide, f"p{number}@example.com")

    assert "2+" in admin.get("/leads/").content.decode().replace('<span class="num">', "").replace("</span>", "")


def test_htmx_gets_the_rows_alone_and_a_plain_browser_the_page(admin: Client, ann: Visitor) -> None:
    rows = admin.get("/leads/", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()

    assert rows.lstrip().startswith('<section class="card" id="rows"')
    assert "<!doctype html>" in admin.get("/leads/").content.decode()


def test_an_empty_list_says_how_to_begin(admin: Client) -> None:
    page = admin.get("/leads/").content.decode()

    assert "/leads/new" in page
    assert 'class="empty"' in page


def test_a_role_that_may_not_export_is_not_offered_it(browser_of: Browser, ann: Visitor) -> None:
    rep = browser_of(Role.REP)

    assert "/leads/export.csv" not in rep.get("/leads/").content.decode()
    assert rep.get("/leads/export.csv").status_code == 403


def test_the_list_takes_the_same_number_of_queries_for_one_lead_and_for_fifty(
    admin: Client, guide: Guide, django_assert_max_num_queries: object
) -> None:
    for number in range(50):
        ask(guide, f"q{number}@example.com")

    with django_assert_max_num_queries(26):  # type: ignore[operator]  # the fixture is a context manager
        admin.get("/leads/")
