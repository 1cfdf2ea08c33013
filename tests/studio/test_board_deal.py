"""The card of a deal, adding one, and the settings of stages and reasons."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline import services
from leadstone.domains.pipeline.models import CloseReason, Deal, Stage
from leadstone.domains.pipeline.services import Answers
from tests.cast import Visitor
from tests.studio.conftest import Browser
from tests.studio.test_board import deal_of, decides, stage_id

WORDS = {"title": "Audit", "amount": "96 000", "currency": "PLN", "expected_close": "2031-05-09", "probability": "", "owner": ""}


@pytest.fixture
def deal(ann: Visitor) -> Deal:
    return deal_of(ann, title="Audit, 2 buildings", amount_minor=1_840_000, days_ago=20)


def moved(deal: Deal, to: str, by: User, *, days_ago: int, answers: Answers = services.ANSWERED_NOTHING) -> None:
    deal.refresh_from_db()
    at = datetime.now(UTC) - timedelta(days=days_ago)
    done = services.move_deal(
        deal_id=deal.pk, to_stage_id=stage_id(to), seen_version=deal.version, by=by.pk, now=at, answers=answers
    )
    assert done.decision


def page_of(client: Client, deal: Deal) -> str:
    answer = client.get(f"/board/{deal.pk}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_card_tells_how_long_the_deal_stood_where_and_on_which_receipts(
    admin: Client, ann: Visitor, deal: Deal, emil: User
) -> None:
    decides(ann)
    moved(deal, "need", emil, days_ago=8)

    page = page_of(admin, deal)

    assert '<b>Prospect</b><span class="num">12 days</span>' in page
    assert '<b>Need confirmed</b><span class="num">8 days</span>' in page
    assert "as in “Need confirmed”" in page
    assert page.count("no receipt yet") == 5  # who decides is established, the five other points are not
    assert f'href="/leads/{deal.lead_id}"' in page


def test_opening_the_card_leaves_a_line_in_the_audit_log_and_an_unseen_one_does_not(admin: Client, deal: Deal) -> None:
    page_of(admin, deal)
    assert admin.get("/board/99999").status_code == 404

    assert [line.subject_id for line in AuditLine.objects.filter(action="read", subject="deal")] == [deal.pk]


def test_the_deal_is_written_anew_and_its_own_probability_stands_beside_that_of_the_stage(admin: Client, deal: Deal) -> None:
    answer = admin.post(f"/board/{deal.pk}/change", WORDS | {"version": "0", "probability": "75"})

    deal.refresh_from_db()
    assert answer.status_code == 302
    assert (deal.title, deal.amount_minor, deal.expected_close, deal.manual_probability) == (
        "Audit",
        9_600_000,
        date(2031, 5, 9),
        75,
    )
    assert "own judgement; the stage says 20%" in page_of(admin, deal)


def test_when_a_colleague_saved_meanwhile_everything_typed_stays_and_can_be_kept_knowingly(
    admin: Client, deal: Deal, emil: User
) -> None:
    moved(deal, "offer", emil, days_ago=0, answers=Answers(expected_close=date(2031, 1, 1)))

    answer = admin.post(f"/board/{deal.pk}/change", WORDS | {"version": "0", "title": "Mine"})

    page = answer.content.decode()
    deal.refresh_from_db()
    assert answer.status_code == 409
    assert "Emil moved it to “Offer”" in page
    assert 'value="Mine"' in page
    assert 'value="96 000"' in page
    assert (deal.title, deal.version) == ("Audit, 2 buildings", 1)
    assert 'name="version" value="1"' in page
    assert admin.post(f"/board/{deal.pk}/change", WORDS | {"version": "1", "title": "Mine"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("amount", "a lot", "This is not an amount."),
        ("probability", "120", "100"),
        ("expected_close", "soon", "valid date"),
        ("owner", "99999", "valid choice"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_changes_nothing(
    admin: Client, deal: Deal, field: str, typed: str, says: str
) -> None:
    answer = admin.post(f"/board/{deal.pk}/change", WORDS | {"version": "0", field: typed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    deal.refresh_from_db()
    assert deal.version == 0


def test_a_won_deal_keeps_a_value(admin: Client, deal: Deal, emil: User) -> None:
    moved(deal, "won", emil, days_ago=1)

    answer = admin.post(f"/board/{deal.pk}/change", WORDS | {"version": "1", "amount": ""})

    assert answer.status_code == 422
    assert "A won deal keeps a value" in answer.content.decode()


def test_a_deal_is_added_for_a_prospect_and_taken_back(browser_of: Browser, ann: Visitor, bob: Visitor) -> None:
    rep = browser_of(Role.REP)
    Lead.objects.filter(pk=ann.lead_id).update(status="qualified")
    assert "Ann Nowak" in rep.get("/board/new").content.decode()

    added = rep.post(
        "/board/new", {"lead": str(ann.lead_id), "title": "Attic", "amount": "2 600", "currency": "PLN"}, follow=True
    )

    deal = Deal.objects.get()
    assert (deal.title, deal.amount_minor, deal.stage.key, deal.owner) == ("Attic", 260_000, "prospect", User.objects.get())
    assert f'action="/board/{deal.pk}/add/back/{ann.lead_id}"' in added.content.decode()
    rep.post(f"/board/{deal.pk}/add/back/{ann.lead_id}")
    assert not Deal.objects.exists()

    refused = rep.post(f"/board/new/{bob.lead_id}", {"lead": str(bob.lead_id)})
    assert refused.status_code == 422
    assert "Qualify the lead first." in refused.content.decode()
    assert not Deal.objects.exists()


def test_a_stage_is_named_weighted_and_asks_what_the_company_wants(admin: Client, deal: Deal) -> None:
    offer = stage_id("offer")
    given = {"pl": "Wycena", "en": "Quote", "probability": "70", "rots_after_days": "10", "requires": ["value", "meeting_held"]}

    assert admin.post(f"/board/stages/{offer}", given).status_code == 302

    stage = Stage.objects.get(pk=offer)
    assert (stage.names, stage.probability, stage.rots_after_days) == ({"pl": "Wycena", "en": "Quote"}, 70, 10)
    assert stage.requires == ["value", "meeting_held"]
    assert "Quote" in admin.get("/board/").content.decode()
    refused = admin.post(f"/board/{deal.pk}/move", {"to": str(offer), "version": "0"}, headers={"HX-Target": "board"})
    assert "a meeting that was held" in refused.content.decode()
    assert admin.post(f"/board/stages/{offer}", given | {"pl": " ", "en": ""}).status_code == 422


def test_won_stays_certain_and_always_asks_for_a_value(admin: Client) -> None:
    admin.post(f"/board/stages/{stage_id('won')}", {"en": "Sold", "probability": "3", "requires": ["won_reason"]})

    stage = Stage.objects.get(key="won")
    assert (stage.probability, stage.requires, stage.names) == (100, ["won_reason"], {"en": "Sold"})


def test_stages_are_added_moved_about_and_archived_only_when_empty(admin: Client, deal: Deal) -> None:
    admin.post("/board/stages/new", {"en": "Measuring", "probability": "30"})
    measuring = Stage.objects.get(names__en="Measuring")
    admin.post(f"/board/stages/{measuring.pk}/shift", {"by": "left"})
    page = admin.get("/board/").content.decode()
    assert page.index('data-stage-name="Measuring"') < page.index('data-stage-name="Offer"') < page.index('data-stage-name="Won"')

    standing = admin.post(f"/board/stages/{deal.stage_id}/archive", follow=True).content.decode()
    assert "Deals stand in this stage." in standing
    last = admin.post(f"/board/stages/{stage_id('won')}/archive", follow=True).content.decode()
    assert "The last one of its kind stays" in last
    admin.post(f"/board/stages/{measuring.pk}/archive")
    assert 'data-stage-name="Measuring"' not in admin.get("/board/").content.decode()
    admin.post(f"/board/stages/{measuring.pk}/restore")
    assert 'data-stage-name="Measuring"' in admin.get("/board/").content.decode()


def test_reasons_are_added_renamed_and_offered_no_longer_but_never_forgotten(admin: Client, deal: Deal, emil: User) -> None:
    dear = CloseReason.objects.get(key="too_dear")
    moved(deal, "lost", emil, days_ago=1, answers=Answers(close_reason_id=dear.pk))
    admin.post(f"/board/reasons/{dear.pk}", {"en": "Over budget", "pl": "Cena"})
    admin.post("/board/reasons/new", {"class": "lost", "en": "Moved away", "pl": "Wyprowadzka"})
    admin.post(f"/board/reasons/{dear.pk}/archive")

    assert "Over budget" in page_of(admin, deal)
    reasons = [CloseReason.objects.get(names__en=name) for name in ("Moved away", "Over budget")]
    assert [reason.archived_at is None for reason in reasons] == [True, False]
    for reason in CloseReason.objects.filter(stage_class="won"):
        admin.post(f"/board/reasons/{reason.pk}/archive")
    assert CloseReason.objects.filter(stage_class="won", archived_at=None).count() == 1


@pytest.mark.parametrize(
    "path", ["stages", "stages/new", "stages/1", "stages/1/shift", "stages/1/archive", "reasons/new", "reasons/1"]
)
def test_only_who_manages_the_company_changes_stages_and_reasons(browser_of: Browser, path: str) -> None:
    rep = browser_of(Role.REP)

    assert rep.get("/board/stages").status_code == 403
    assert rep.post(f"/board/{path}", {"en": "X"}).status_code in {403, 405}
    assert not Stage.objects.filter(names__en="X").exists()
