"""Campaigns at the door of the studio: what they cost, the links that lead from them, and what they brought."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.test import Client

from leadstone.domains.campaigns.models import Campaign, Cost, Link, Spelling
from leadstone.domains.campaigns.queries.costs import sums_of
from leadstone.domains.campaigns.rules import Aim, CostKind, Goal, Place
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.domains.campaigns.services.costs import record_cost
from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline import services as deals
from leadstone.domains.posts.rules import Reading
from leadstone.domains.posts.services import record_figures
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.models import PageViews
from leadstone.domains.tracking.services import LinkKey, add_link_uses
from leadstone.kernel.money import Currency
from leadstone.wire.link_codes import read_link_code, spelled
from leadstone.wire.records import Origin
from tests.campaigns.cast import campaign, link_to
from tests.cast import MONDAY, Guide, Visitor, confirm, form, receive, visitor
from tests.posts.cast import post_of

FAIR = {
    "name": "Targi Budma 2026",
    "channel": "trade_fair",
    "starts_on": "2026-01-20",
    "ends_on": "2026-01-23",
    "aim": "leads",
    "goal_number": "40",
    "goal": "confirmed",
    "owner": "",
    "note": "",
    "key": "",
}


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def came_by(guide: Guide, code: str, email: str) -> Visitor:
    record = form(guide, email, origin=Origin(link=code))
    receive(record)
    return visitor(guide, email, ref=record.ref)


def test_a_campaign_is_opened_with_a_short_name_of_its_own_and_changed_without_it(admin: Client) -> None:
    answer = admin.post("/campaigns/new", FAIR)

    row = Campaign.objects.get()
    assert answer["Location"] == f"/campaigns/{row.pk}"
    assert (row.key, row.goal, row.goal_number) == ("targi-budma-2026", "confirmed", 40)
    admin.post(f"/campaigns/{row.pk}/change", FAIR | {"name": "Budma", "key": "another", "ends_on": ""})
    row.refresh_from_db()
    assert (row.key, row.name, row.ends_on) == ("targi-budma-2026", "Budma", None)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"aim": "awareness"}, "goal", "never by leads"),
        ({"ends_on": "2026-01-01"}, "ends_on", "cannot end before it begins"),
        ({"goal_number": ""}, "goal_number", "Say how many"),
        ({"goal": ""}, "goal", "Say what is counted"),
        ({"key": "Ąę !"}, "key", "small letters"),
        ({"key": "taken"}, "key", "Another campaign"),
        ({"name": ""}, "name", "required"),
        ({"channel": "sorcery"}, "channel", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_words_at_its_field(admin: Client, changes: dict[str, str], field: str, words: str) -> None:
    campaign("taken")

    answer = admin.post("/campaigns/new", FAIR | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    error = re.search(rf'id="id_{field}_error">([^<]*)<', page)
    assert error is not None, field
    assert words in error[1]
    assert Campaign.objects.count() == 1


def test_awareness_may_have_a_goal_of_scans(admin: Client) -> None:
    admin.post("/campaigns/new", FAIR | {"aim": "awareness", "goal": "scans"})

    assert Campaign.objects.get().goal == "scans"


def test_money_hours_and_goods_come_to_one_sum_a_currency(admin: Client) -> None:
    pk = campaign("budma")
    stand = {"kind": "money", "amount": "18 400,50", "currency": "PLN", "on": "2026-11-16", "hours": "9"}
    work = {"kind": "hours", "hours": "12,5", "hour_rate": "80", "currency": "PLN", "on": "2026-11-16"}
    mugs = {"kind": "goods", "pieces": "200", "piece_rate": "3,99", "currency": "EUR", "on": "2026-11-16", "note": "mugs"}
    for told in (stand, work, mugs):
        answer = admin.post(f"/campaigns/{pk}/costs/add", told)
        assert answer.status_code == 302

    assert dict(sums_of([pk])[pk]) == {"PLN": 1_840_050 + 100_000, "EUR": 79_800}
    page = text(admin, f"/campaigns/{pk}")
    assert "19,400.50" in page
    assert "798" in page
    assert 'value="80,00"' in page
    assert 'value="3,99"' in page
    lines = b"".join(admin.get("/campaigns/costs.csv")).decode()
    assert "12.50,80.00,1000.00,PLN" in lines


def test_a_cost_says_at_its_field_what_is_missing(admin: Client) -> None:
    pk = campaign("budma")
    for told, field in (
        ({"kind": "money", "amount": "a lot"}, "amount"),
        ({"kind": "hours", "hours": "", "hour_rate": "80"}, "hours"),
        ({"kind": "goods", "pieces": "3", "piece_rate": ""}, "piece_rate"),
        ({"kind": "hours", "hours": "999999", "hour_rate": "999999999999"}, "hours"),
    ):
        answer = admin.post(f"/campaigns/{pk}/costs/add", told | {"currency": "PLN", "on": "2026-11-16"})
        assert answer.status_code == 422
        assert f'id="cost-{field}_error"' in answer.content.decode(), field
    assert not Cost.objects.exists()


def test_a_cost_is_taken_back_and_counts_again(admin: Client) -> None:
    pk = campaign("budma")
    spent = Spent(kind=CostKind.MONEY, currency=Currency.PLN, amount_minor=5000)
    cost = record_cost(spent, campaign_id=pk, on=date(2026, 11, 16), by=None, now=MONDAY)

    taken = admin.post(f"/campaigns/{pk}/costs/{cost}/take-back", follow=True)
    assert sums_of([pk]) == {}
    assert f"/campaigns/{pk}/costs/{cost}/count-again" in taken.content.decode()
    admin.post(f"/campaigns/{pk}/costs/{cost}/take-back")
    admin.post(f"/campaigns/{campaign()}/costs/{cost}/count-again")
    assert sums_of([pk]) == {}
    admin.post(f"/campaigns/{pk}/costs/{cost}/count-again")
    assert sums_of([pk])[pk] == {"PLN": 5000}


def test_half_an_hour_of_an_odd_rate_is_rounded_as_money_is() -> None:
    spent = Spent(kind=CostKind.HOURS, currency=Currency.PLN, quantity=Decimal("0.5"), rate_minor=3333)

    assert spent.sum_minor == 1667


def test_an_archived_campaign_leaves_the_list_and_comes_back_by_the_undo(admin: Client) -> None:
    pk = campaign("budma", name="Targi Budma")

    page = admin.post(f"/campaigns/{pk}/archive", follow=True).content.decode()

    assert f"/campaigns/{pk}/back" in page
    assert ">Targi Budma</a>" not in page
    assert ">Targi Budma</a>" in text(admin, "/campaigns/?standing=archived")
    admin.post(f"/campaigns/{pk}/back")
    assert ">Targi Budma</a>" in text(admin, "/campaigns/")


def test_the_list_is_filtered_sorted_and_taken_along_by_its_address(admin: Client) -> None:
    cheap, dear = campaign("aronia", name="Aronia"), campaign("zima", name="Zima", channel=ChannelType.PODCAST, aim=Aim.AWARENESS)
    spent = Spent(kind=CostKind.MONEY, currency=Currency.PLN, amount_minor=5000)
    record_cost(spent, campaign_id=dear, on=date(2026, 11, 16), by=None, now=MONDAY)

    def names(query: str) -> list[str]:
        return re.findall(r'class="whole" href="/campaigns/\d+">([^<]+)<', text(admin, f"/campaigns/{query}"))

    assert names("?order=cost") == ["Zima", "Aronia"]
    assert names("?order=name") == ["Aronia", "Zima"]
    assert names("?q=ZÍMA") == ["Zima"]
    assert names("?channel=podcast") == names("?aim=awareness") == names("?q=zim") == ["Zima"]
    assert names("?standing=planned") == names("?owner=999999") == []
    assert names("?order=%27;drop&channel=nowhere&page=-3&standing=x&owner=x&q=%00") == ["Zima", "Aronia"]
    lines = b"".join(admin.get("/campaigns/export.csv?channel=podcast")).decode()
    assert "Zima" in lines
    assert "Aronia" not in lines
    assert cheap


def test_a_batch_of_codes_for_letters_is_numbered_and_each_is_its_own(admin: Client, guide: Guide) -> None:
    pk = campaign("listy")

    told = {"magnet": guide.magnet_id, "place": "letter", "label": "List do wspólnot", "count": "12"}
    admin.post(f"/campaigns/{pk}/links/add", told)

    rows = list(Link.objects.order_by("pk"))
    assert [row.label for row in rows][:2] == ["List do wspólnot 01", "List do wspólnot 02"]
    assert len({row.code for row in rows}) == 12
    assert all(read_link_code(row.code) == row.code for row in rows)
    lines = b"".join(admin.get(f"/campaigns/{pk}/links.csv")).decode()
    assert spelled(rows[11].code) in lines
    assert f"/q/{rows[11].code}" in lines
    sheet = pypdfium2.PdfDocument(b"".join(admin.get(f"/campaigns/{pk}/links.pdf?cards=8")))
    assert len(sheet) == 2
    assert spelled(rows[0].code) in sheet[0].get_textpage().get_text_range()


def test_a_link_is_taken_along_as_drawing_picture_and_sheet(admin: Client, guide: Guide) -> None:
    way = link_to(guide, campaign("budma"))

    svg, png = admin.get(f"/campaigns/links/{way.link_id}.svg"), admin.get(f"/campaigns/links/{way.link_id}.png")
    sheet = pypdfium2.PdfDocument(io.BytesIO(admin.get(f"/campaigns/links/{way.link_id}.pdf?cards=4").content))

    assert (svg["Content-Type"], svg.content[:4]) == ("image/svg+xml", b"<svg")
    assert (png["Content-Type"], png.content[1:4]) == ("image/png", b"PNG")
    words = sheet[0].get_textpage().get_text_range()
    assert words.count(spelled(way.code)) == 4
    assert guide.definition.title.split()[0] in words
    assert admin.get("/campaigns/links/999999.svg").status_code == 404


def test_the_card_counts_from_scans_to_customers_and_opens_to_its_leads(admin: Client, guide: Guide) -> None:
    pk = campaign("budma", name="Targi Budma", goal=Goal.CONFIRMED, goal_number=4)
    way = link_to(guide, pk, place=Place.FAIR)
    ann = came_by(guide, way.code, "ann@example.com")
    confirm(ann)
    bob = came_by(guide, way.code, "bob@example.com")
    add_link_uses({LinkKey(way.link_id, MONDAY.date(), "q"): (7, 2)})
    lead = Lead.objects.get(pk=ann.lead_id)
    deals.record_deal(lead_id=lead.pk, amount_minor=900_000, currency=Currency.PLN, title="", by=None, now=MONDAY)
    spent = Spent(kind=CostKind.MONEY, currency=Currency.PLN, amount_minor=450_000)
    record_cost(spent, campaign_id=pk, on=date(2026, 11, 16), by=None, now=MONDAY)

    page = text(admin, f"/campaigns/{pk}")

    figures = re.findall(r"<strong>(?:<span[^>]*>)?([^<]+)", page)
    assert figures[1:6] == ["7", "0", "2", "0", "1"]
    assert figures[0] == figures[6]  # one customer, so one costs what was spent
    assert "1 of 4" in page
    assert f'href="/leads/?campaign={pk}"' in page
    listed = text(admin, f"/leads/?campaign={pk}")
    assert f"/leads/{ann.lead_id}" in listed
    assert f"/leads/{bob.lead_id}" in listed
    assert "Targi Budma" in text(admin, f"/leads/{ann.lead_id}")
    exported = b"".join(admin.get(f"/leads/export.csv?campaign={pk}")).decode()
    assert exported.count("Targi Budma") == 2
    assert b"".join(admin.get("/leads/export.csv?campaign=999999")).decode().count("\r\n") == 1


def test_a_colleague_enters_somebody_whom_a_running_campaign_brought(admin: Client) -> None:
    running, ended = campaign("budma", name="Budma"), campaign("old", name="Old fair", ends_on=date(2026, 11, 2))
    told = {"email": "jan@example.com", "channel": "trade_fair", "basis": "gave_card", "campaign": str(running)}

    page = text(admin, "/leads/new")
    admin.post("/leads/new", told)
    refused = admin.post("/leads/new", told | {"email": "ewa@example.com", "campaign": str(ended)})

    assert ">Budma</option>" in page
    assert ">Old fair</option>" not in page
    assert Lead.objects.get().campaign_id == running
    assert refused.status_code == 422


def test_an_unknown_word_is_said_once_and_taken_back(admin: Client, guide: Guide) -> None:
    pk = campaign("budma", name="Targi Budma")
    record = form(guide, "ann@example.com", origin=Origin(source="Stoisko 5"))
    receive(record)
    lead = Lead.objects.get()
    Lead.objects.update(opened_at=MONDAY)
    said = {"field": "source", "word": "stoisko 5", "campaign": str(pk), "channel": ""}

    assert admin.post("/campaigns/words/say", said | {"campaign": ""}).status_code == 422
    page = admin.post("/campaigns/words/say", said, follow=True).content.decode()

    lead.refresh_from_db()
    spelling = Spelling.objects.get()
    assert (lead.campaign_id, lead.channel) == (pk, "trade_fair")
    assert f"/campaigns/words/{spelling.pk}/unsay" in page
    admin.post(f"/campaigns/words/{spelling.pk}/unsay")
    lead.refresh_from_db()
    assert lead.campaign_id is None
    assert admin.post("/campaigns/words/say", said | {"field": "x"}).status_code == 404


def test_an_address_is_built_of_known_words_alone(admin: Client, guide: Guide) -> None:
    campaign("budma")

    built = text(admin, f"/campaigns/address?magnet={guide.slug}&campaign=budma&medium=cpc")
    wild = text(admin, f"/campaigns/address?magnet={guide.slug}&campaign=wild&medium=%3Cscript%3E")

    assert f"/m/{guide.slug}?utm_campaign=budma&amp;utm_medium=cpc" in built
    assert 'id="built"' not in wild


def test_awareness_is_judged_by_reach_scans_and_visits_and_never_shows_leads(admin: Client, guide: Guide) -> None:
    pk = campaign("known", aim=Aim.AWARENESS, goal=Goal.REACH, goal_number=1000, starts_on=MONDAY.date(), ends_on=MONDAY.date())
    one = post_of(guide, pk)
    record_figures([Reading(post_id=one.post_id, on=MONDAY.date(), reach=400)], by=None, now=MONDAY)
    came_by(guide, one.code, "ann@example.com")
    for day, channel, people in ((0, "direct", 5), (0, "search", 3), (0, "email", 7), (1, "direct", 11)):
        PageViews.objects.create(version_id=1, day=MONDAY.date() + timedelta(days=day), channel=channel, people=people)

    answer = admin.get(f"/campaigns/{pk}")

    assert answer.context["figures"].reach == 400
    assert answer.context["by_name"] == 8
    page = answer.content.decode()
    assert "400 of 1,000" in page
    assert f"/leads/?campaign={pk}" not in page
    assert f"/leads/?campaign={pk}" not in text(admin, "/campaigns/")
