"""Posts at the door of the studio: an address to publish with, figures by hand and from files, and who really came."""

import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline import services as deals
from leadstone.domains.posts import queries
from leadstone.domains.posts.models import Post, PostFigures
from leadstone.domains.tracking.services import LinkKey, add_link_uses
from leadstone.infra.share_pictures import SIZES, Shape
from leadstone.kernel.money import Currency
from leadstone.wire.link_codes import spelled
from tests.campaigns.cast import campaign
from tests.cast import MONDAY, Guide
from tests.posts.cast import post_of
from tests.studio.test_campaigns import came_by, text
from tests.workbooks import sheet, workbook

FIGURES = {"on": "2026-01-09", "reach": "12400", "impressions": "", "likes": "81", "comments": "14", "shares": ""}


def said(guide: Guide, **changes: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "campaign": str(campaign()),
        "magnet": str(guide.magnet_id),
        "network": "linkedin",
        "on": "2026-01-02",
        "text": "Three things about heat.",
        "address": "",
    } | changes


def test_a_post_is_written_once_and_shows_the_address_to_publish_it_with(admin: Client, guide: Guide) -> None:
    form = said(guide)
    first, again = admin.post("/posts/new", form), admin.post("/posts/new", form)

    row = Post.objects.select_related("link").get()
    assert first["Location"] == again["Location"] == f"/posts/{row.pk}"
    card = text(admin, f"/posts/{row.pk}")
    assert f"/t/{row.link.code}" in card
    assert "no lead yet" in card


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "javascript:alert(1)"}, "address"),
        ({"network": "myspace"}, "network"),
        ({"on": "soon"}, "on"),
        ({"campaign": "999999"}, "campaign"),
        ({"key": "no key"}, "key"),
    ],
)
def test_what_cannot_be_makes_no_post(admin: Client, guide: Guide, changes: dict[str, str], field: str) -> None:
    answer = admin.post("/posts/new", said(guide, **changes))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Post.objects.exists()


def test_without_a_campaign_the_form_says_what_is_missing(admin: Client, guide: Guide) -> None:
    page = text(admin, "/posts/new")

    assert "First a page and a campaign" in page
    assert "<textarea" not in page


def test_reach_stands_beside_those_who_came_and_is_never_added_to_them(admin: Client, guide: Guide) -> None:
    one = post_of(guide, campaign())
    add_link_uses({LinkKey(one.link_id, MONDAY.date(), "t"): (30, 4)})
    came_by(guide, one.code, "ann@example.com")
    buyer = came_by(guide, one.code, "ben@example.com")
    lead = Lead.objects.get(contact_id=buyer.contact_id)
    deals.record_deal(lead_id=lead.pk, amount_minor=900_000, currency=Currency.PLN, title="", by=None, now=MONDAY)
    admin.post(f"/posts/{one.post_id}/figures", FIGURES)

    came = admin.get(f"/posts/{one.post_id}").context["came"]

    assert (came.visits, came.leads, came.customers) == (30, 2, 1)
    line = admin.get("/posts/").context["lines"][0]
    assert line["came"] == came
    assert line["post"].figures.reach == 12_400


def test_figures_are_taken_back_and_count_again_by_the_undo(admin: Client, guide: Guide) -> None:
    one = post_of(guide)
    admin.post(f"/posts/{one.post_id}/figures", FIGURES)

    admin.post(f"/posts/{one.post_id}/figures/2026-01-09/take-back")
    assert queries.post(one.post_id).figures is None
    admin.post(f"/posts/{one.post_id}/figures/2026-01-09/count-again")
    assert queries.post(one.post_id).figures is not None
    assert admin.post(f"/posts/{one.post_id}/figures/someday/take-back").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": "2999-01-01"}, "yet to come"),
        ({"reach": "-1"}, "greater than or equal to 0"),
        ({"reach": "many"}, "whole number"),
        ({"reach": "", "likes": "", "comments": ""}, "at least one number"),
    ],
)
def test_figures_that_cannot_be_are_said_in_words(admin: Client, guide: Guide, changes: dict[str, str], words: str) -> None:
    answer = admin.post(f"/posts/{post_of(guide).post_id}/figures", FIGURES | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PostFigures.objects.exists()


def test_a_file_counts_what_it_can_and_tells_the_rest_by_row(admin: Client, guide: Guide) -> None:
    one = post_of(guide)
    file = f"post;date;reach\n{spelled(one.code)};2026-01-09;12 400\nnobody;2026-01-09;1\n{one.code};someday;2\n"

    for _again in range(2):
        answer = admin.post("/posts/figures", {"file": SimpleUploadedFile("f.csv", file.encode()), "text": ""})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "2 rows were left out" in page
    assert "There is no post with this code or address." in page
    assert "This is no day." in page
    assert [each.reach for each in queries.history(one.post_id)] == [12_400]


def test_a_workbook_of_figures_is_read_by_the_sheet_that_has_them(admin: Client, guide: Guide) -> None:
    one = post_of(guide)
    figures = sheet([["post", "date", "reach"], [one.code, datetime(2026, 1, 9, tzinfo=UTC), 12_400]])
    data = workbook({"Notes": sheet([["January"], ["was cold"]]), "Figures": figures})

    answer = admin.post("/posts/figures", {"file": SimpleUploadedFile("f.xlsx", data)})

    assert answer.status_code == 302
    assert [(each.on, each.reach) for each in queries.history(one.post_id)] == [(date(2026, 1, 9), 12_400)]


def test_the_export_of_the_list_is_a_file_of_figures(admin: Client, guide: Guide) -> None:
    one = post_of(guide, text="=cmd")
    admin.post(f"/posts/{one.post_id}/figures", FIGURES)
    exported = b"".join(admin.get("/posts/export.csv").streaming_content)  # type: ignore[arg-type]  # it is no async one

    answer = admin.post("/posts/figures", {"file": SimpleUploadedFile("f.csv", exported.replace(b"12400", b"13000")), "text": ""})

    assert answer.status_code == 302
    assert [each.reach for each in queries.history(one.post_id)] == [13_000]
    assert "'=cmd" in exported.decode()


@pytest.mark.parametrize("given", ["", "name;mail\nAnn;a@example.com\n", "post;date\nA;2026-01-01\n"])
def test_a_file_that_counts_nothing_is_refused_beside_its_field(admin: Client, given: str) -> None:
    answer = admin.post("/posts/figures", {"text": given})

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]


def test_a_post_is_taken_out_of_the_list_and_comes_back(admin: Client, guide: Guide) -> None:
    one = post_of(guide)

    admin.post(f"/posts/{one.post_id}/remove")
    assert admin.get("/posts/").context["page"].total == 0
    admin.post(f"/posts/{one.post_id}/back")
    assert admin.get("/posts/?network=facebook&q=zime&order=reach").context["page"].total == 1


def test_a_change_keeps_campaign_and_link(admin: Client, guide: Guide) -> None:
    one = post_of(guide)

    admin.post(f"/posts/{one.post_id}/change", {"network": "x", "on": "2026-01-03", "text": "New", "address": "x.com/1"})

    after = queries.post(one.post_id)
    assert (after.text, after.address, after.code, after.campaign_id) == ("New", "https://x.com/1", one.code, one.campaign_id)


def test_a_post_without_words_takes_those_of_its_magnet_but_a_change_needs_some(admin: Client, guide: Guide) -> None:
    admin.post("/posts/new", said(guide, text=" "))

    row = Post.objects.get()
    assert row.text.startswith(guide.definition.title)
    assert guide.definition.promise in row.text
    answer = admin.post(f"/posts/{row.pk}/change", {"network": "x", "on": "2026-01-03", "text": "", "address": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]


def test_pictures_of_a_magnet_come_in_both_sizes(admin: Client, guide: Guide) -> None:
    card = text(admin, f"/posts/{post_of(guide).post_id}")

    for shape in Shape:
        address = f"/posts/pictures/{guide.magnet_id}/{shape.value}.png"
        assert f'href="{address}" download' in card
        assert Image.open(io.BytesIO(admin.get(address).content)).size == SIZES[shape]
    assert admin.get(f"/posts/pictures/{guide.magnet_id}/round.png").status_code == 404
    assert admin.get("/posts/pictures/999999/wide.png").status_code == 404
