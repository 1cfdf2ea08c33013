"""Each number of the results opens to its rows."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.audit.rules import Action
from leadstone.domains.insights import queries
from leadstone.domains.pipeline.services import record_deal
from leadstone.kernel.money import Currency
from tests.cast import Guide, ask, confirm, published
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


def titles_in_order(page: str) -> list[str]:
    return re.findall(r'class="whole" href="/results/\d+">([^<]+)<', page)


def test_the_magnet_with_the_most_customers_stands_first_and_not_the_one_with_the_most_addresses(
    admin: Client, emil: User
) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    many, few = published(title="Collects addresses", at=now), published(title="Brings customers", at=now)
    for number in range(3):
        ask(many, f"m{number}@example.com", now=now)
    customer = ask(few, "buys@example.com", now=now)
    record_deal(lead_id=customer.lead_id, amount_minor=1, currency=Currency.PLN, title="", by=emil.pk, now=now)

    assert titles_in_order(admin.get("/results/").content.decode())[0] == "Brings customers"
    assert titles_in_order(admin.get("/results/?order=leads").content.decode())[0] == "Collects addresses"
    assert titles_in_order(admin.get("/results/?order=nonsense").content.decode())[0] == "Brings customers"
    assert (
        "".join(re.findall(r'class="whole" href="/magnets/\d+/">(\w)', admin.get("/magnets/?order=title").content.decode()))
        == "BC"
    )


def test_the_results_are_a_file_whose_taking_is_written_down(admin: Client, guide: Guide) -> None:
    ask(guide, "ann@example.com", now=datetime.now(UTC) - timedelta(days=1))
    lines = b"".join(admin.get("/results/export.csv").streaming_content).decode().splitlines()

    assert lines[1].split(",")[5] == "1"
    noted = AuditLine.objects.get(action=Action.EXPORTED)
    assert noted.facts == {"list": "results", "rows": 1}
