"""The board at its door: columns and cards, filters in the address, and moves with and without a script."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind
from leadstone.domains.activities.services import Plan
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.pipeline import services
from leadstone.domains.pipeline.models import CloseReason, Deal, Stage
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import EvidenceKind
from tests.cast import Guide, Visitor, ask, staff
from tests.studio.conftest import Browser

BOARD = {"HX-Request": "true", "HX-Target": "board"}


def stage_id(key: str) -> int:
    return Stage.objects.get(key=key).pk


def deal_of(who: Visitor, *, owner: User | None = None, days_ago: int = 3, **changes: object) -> Deal:
    """A deal in the first stage, opened some days ago."""
    at = datetime.now(UTC) - timedelta(days=days_ago)
    promotion = Promotion.objects.create(lead_id=who.lead_id, at=at)
    deal_id = services.open_promoted(lead_id=who.lead_id, promotion_id=promotion.pk, now=at)
    Deal.objects.filter(pk=deal_id).update(owner=owner, **changes)
    return Deal.objects.get(pk=deal_id)


def decides(who: Visitor) -> None:
    """A receipt for who decides."""
    point = Point.objects.get(key="authority")
    Evidence.objects.create(lead_id=who.lead_id, point=point, kind=EvidenceKind.NOTE.value, source_id=1, at=datetime.now(UTC))


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"/board/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def drop(client: Client, deal: Deal, to: str, *, version: int = 0, **said: str) -> tuple[int, str]:
    """What the script of the board sends, and what it gets."""
    fields = {"to": str(stage_id(to)), "version": str(version), **said}
    answer = client.post(f"/board/{deal.pk}/move", fields, headers=BOARD)
    deal.refresh_from_db()
    return answer.status_code, answer.content.decode()


@pytest.fixture
def deal(ann: Visitor) -> Deal:
    return deal_of(ann, title="Audit, 2 buildings", amount_minor=1_840_000, manual_probability=50)


def test_a_column_counts_its_deals_and_says_what_they_are_worth_and_what_of_it_is_likely(
    admin: Client, ann: Visitor, bob: Visitor, cleo: Visitor
) -> None:
    deal_of(ann, amount_minor=1_840_000)
    deal_of(bob, amount_minor=1_000_001, manual_probability=50)
    deal_of(cleo, amount_minor=500_000, currency="EUR")

    page = shown(admin)

    head = page.split(f'id="head-{stage_id("prospect")}"')[1].split("</header>")[0]
    assert '<span class="num">3</span>' in head
    assert "PLN\xa028,400.01" in head
    assert "€\xa05,000" in head
    assert "likely PLN\xa08,680.01" in head  # 20 % of 18,400 and half of 10,000.01, rounded up to the grosz
    assert "3 open deals" in page


def test_a_card_says_in_words_what_comes_next_or_that_nothing_does(admin: Client, ann: Visitor, bob: Visitor, emil: User) -> None:
    late, idle = deal_of(ann, owner=emil), deal_of(bob)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    plan = Plan(
        kind=ActivityKind.CALL, about=About(deal_id=late.pk, lead_id=ann.lead_id), owner_id=emil.pk, title="", due_at=yesterday
    )
    activities.plan(plan, by=emil.pk, now=yesterday)

    page = shown(admin)

    def card(deal: Deal) -> str:
        return page.split(f'id="deal-{deal.pk}"')[1].split("</li>")[0]

    assert "Late: Call (Yesterday" in card(late)
    assert "Emil" in card(late)
    assert "Nothing planned" in card(idle)
    assert shown(admin, "?planned=no").count("data-deal=") == 1


def test_whoever_gave_no_name_is_called_by_their_address(admin: Client, guide: Guide) -> None:
    nameless = deal_of(ask(guide, "who@example.org"))

    assert "<b>who@example.org</b>" in shown(admin)
    assert "who@example.org</h1>" in admin.get(f"/board/{nameless.pk}").content.decode()


def test_a_deal_that_nobody_touched_for_too_long_says_so_and_is_found(admin: Client, ann: Visitor, bob: Visitor) -> None:
    deal_of(ann, days_ago=34)
    deal_of(bob, days_ago=20)

    assert "In this stage for 34 days" in shown(admin)
    rotting = shown(admin, "?rotting=yes")
    assert rotting.count("data-deal=") == 1
    assert "In this stage for 34 days" in rotting


def test_the_address_narrows_the_board(admin: Client, ann: Visitor, bob: Visitor, emil: User) -> None:
    deal_of(ann, owner=emil, expected_close=date(2031, 5, 9))
    deal_of(bob, title="Kotłownia szkolna")

    assert shown(admin, f"?owner={emil.pk}").count("data-deal=") == 1
    assert shown(admin, "?closing=2031-05").count("data-deal=") == 1
    assert shown(admin, "?closing=2031-06").count("data-deal=") == 0
    assert shown(admin, "?q=szkolna").count("data-deal=") == 1
    assert "No deal matches" in shown(admin, "?q=nobody")
    assert shown(admin, "?owner=x&closing=never&whose=nobody").count("data-deal=") == 2


def test_a_rep_sees_own_deals_those_of_the_team_and_nobodys_and_no_others(
    browser_of: Browser, ann: Visitor, bob: Visitor, cleo: Visitor
) -> None:
    rep = browser_of(Role.REP)
    me = User.objects.get(role=Role.REP.value)
    other = staff("Olga", Role.REP)
    mine, theirs = deal_of(ann, owner=me), deal_of(bob, owner=other)
    deal_of(cleo)

    page = shown(rep)
    assert page.count("data-deal=") == 2
    assert f'id="deal-{mine.pk}"' in page
    assert shown(rep, "?whose=mine").count("data-deal=") == 1
    for path in ("", "/change", "/move"):
        answer = rep.post(f"/board/{theirs.pk}{path}", {"to": "1"}) if path else rep.get(f"/board/{theirs.pk}")
        assert answer.status_code == 404

    User.objects.filter(pk__in=[me.pk, other.pk]).update(team=Team.objects.create(name="Sales", created_at=datetime.now(UTC)))
    assert shown(rep).count("data-deal=") == 3


def test_the_board_of_somebody_who_was_forgotten_is_empty(admin: Client, deal: Deal) -> None:
    deal.lead.ended_at = datetime.now(UTC)
    deal.lead.save()

    assert "Here every prospect will have a card" in shown(admin)
    assert admin.get(f"/board/{deal.pk}").status_code == 404


def test_a_column_of_hundreds_shows_the_first_and_leads_to_all(admin: Client, deal: Deal) -> None:
    fields = {field.attname: getattr(deal, field.attname) for field in Deal._meta.fields} | {"id": None, "promotion_id": None}
    Deal.objects.bulk_create([Deal(**fields) for _ in range(60)])

    page = shown(admin)

    assert page.count("data-deal=") == 50
    assert f'/forecast/deals?stage={stage_id("prospect")}">Show all 61<' in page


def test_the_number_of_queries_does_not_grow_with_the_deals(
    admin: Client, ann: Visitor, guide: Guide, django_assert_max_num_queries: object
) -> None:
    deal_of(ann)
    shown(admin)
    for number in range(12):
        deal_of(ask(guide, f"p{number}@example.org"))

    with django_assert_max_num_queries(32):  # type: ignore[operator]
        shown(admin)


def test_a_drop_without_evidence_is_refused_and_the_missing_thing_is_named_where_it_would_land(admin: Client, deal: Deal) -> None:
    status, said = drop(admin, deal, "need")

    assert status == 422
    assert f'data-need="{stage_id("need")}"' in said
    assert "needs one more thing to enter: <b>who decides</b>." in " ".join(said.split())
    assert f'href="/qualification/{deal.lead_id}#point-authority"' in said
    assert (deal.stage.key, deal.version) == ("prospect", 0)


def test_with_the_evidence_the_card_comes_back_in_its_new_column_with_an_undo(admin: Client, ann: Visitor, deal: Deal) -> None:
    decides(ann)

    status, said = drop(admin, deal, "need")

    assert status == 200
    assert f'data-stage="{stage_id("need")}"' in said
    assert 'name="version" value="1"' in said
    assert deal.stage.key == "need"
    undone = admin.post(f"/board/{deal.pk}/move/back/1", headers=BOARD)
    deal.refresh_from_db()
    assert (undone.status_code, deal.stage.key) == (200, "prospect")
    assert admin.post(f"/board/{deal.pk}/move/back/1", headers=BOARD).status_code == 409


def test_only_who_may_override_moves_it_anyway_and_only_with_a_reason(browser_of: Browser, deal: Deal) -> None:
    rep, manager = browser_of(Role.REP), browser_of(Role.MANAGER)
    assert "Move it anyway" not in drop(rep, deal, "need")[1]
    assert drop(rep, deal, "need", anyway="1", because="I want to")[0] == 422

    status, said = drop(manager, deal, "need")
    assert (status, "Move it anyway" in said) == (422, True)
    assert "Say why: it stays on record." in drop(manager, deal, "need", anyway="1", because=" ")[1]
    assert deal.stage.key == "prospect"

    assert drop(manager, deal, "need", anyway="1", because="The mayor rang me up.")[0] == 200
    assert deal.stage.key == "need"
    assert AuditLine.objects.filter(action="overridden", subject_id=deal.pk).count() == 1
    assert "The mayor rang me up." in manager.get(f"/board/{deal.pk}").content.decode()


def test_two_people_move_the_same_card_and_the_second_is_told_who_was_faster_and_where_it_went(
    browser_of: Browser, deal: Deal
) -> None:
    first, second = browser_of(Role.REP), browser_of(Role.MANAGER)
    assert drop(first, deal, "offer", expected_close="2031-05-09")[0] == 200

    status, said = drop(second, deal, "won")

    assert status == 409
    assert "Rep moved it to “Offer” (Today" in said
    assert f'data-stage="{stage_id("offer")}"' in said
    assert (deal.stage.key, deal.won_at) == ("offer", None)
    assert drop(second, deal, "won", version=1)[0] == 200


def test_lost_asks_for_the_reason_on_the_spot_and_takes_it_along(admin: Client, deal: Deal) -> None:
    status, said = drop(admin, deal, "lost")
    assert (status, "data-on-the-spot" in said) == (422, True)
    assert "Too expensive" in said
    assert "The price" not in said  # that is why deals are won

    reason = CloseReason.objects.get(key="too_dear")
    assert drop(admin, deal, "lost", reason=str(reason.pk), note="12 % more")[0] == 200
    assert (deal.close_reason, deal.close_note) == (reason, "12 % more")
    assert deal.lost_at is not None


def test_won_asks_for_a_value_only_when_there_is_none_and_says_what_is_no_amount(admin: Client, deal: Deal) -> None:
    Deal.objects.filter(pk=deal.pk).update(amount_minor=None)
    assert 'name="amount"' in drop(admin, deal, "won")[1]
    status, said = drop(admin, deal, "won", amount="a lot")
    assert (status, "This is not an amount." in said, 'value="a lot"' in said) == (422, True, True)

    assert drop(admin, deal, "won", amount="18 400", currency="PLN")[0] == 200
    assert (deal.amount_minor, deal.won_at is not None) == (1_840_000, True)


def test_what_was_said_already_goes_along_when_more_is_asked(admin: Client, deal: Deal) -> None:
    Deal.objects.filter(pk=deal.pk).update(amount_minor=None)

    status, said = drop(admin, deal, "need", amount="96 000", currency="PLN")

    assert (status, "who decides" in said) == (422, True)
    assert '<input type="hidden" name="amount" value="96 000">' in said


def test_without_a_script_the_same_form_moves_asks_and_tells(admin: Client, deal: Deal) -> None:
    asked = admin.post(f"/board/{deal.pk}/move", {"to": str(stage_id("lost")), "version": "0"})
    assert asked.status_code == 422
    assert "<h1>" in asked.content.decode()
    assert "why they do not buy" in asked.content.decode()

    moved = admin.post(f"/board/{deal.pk}/move", {"to": str(stage_id("won")), "version": "0"}, follow=True)
    assert "moved to “Won”" in moved.content.decode()
    stale = admin.post(f"/board/{deal.pk}/move", {"to": str(stage_id("offer")), "version": "0"}, follow=True)
    assert "moved it to “Won”" in stale.content.decode()
    assert Deal.objects.get().stage.key == "won"


@pytest.mark.parametrize("fields", [{}, {"to": "999"}, {"to": "x", "version": "-1"}])
def test_nonsense_moves_nothing(admin: Client, deal: Deal, fields: dict[str, str]) -> None:
    assert admin.post(f"/board/{deal.pk}/move", fields, headers=BOARD).status_code == 404
    assert admin.post("/board/99999/move", fields, headers=BOARD).status_code == 404


def test_the_privacy_officer_reads_the_board_and_moves_nothing(browser_of: Browser, deal: Deal) -> None:
    fay = browser_of(Role.PRIVACY_OFFICER)

    page = shown(fay)

    assert f'id="deal-{deal.pk}"' in page
    assert "data-move" not in page
    assert "data-works" not in page
    assert drop(fay, deal, "won")[0] == 403
    assert fay.get(f"/board/{deal.pk}").status_code == 200
    assert fay.post(f"/board/{deal.pk}/change", {}).status_code == 403
    assert fay.get("/board/new").status_code == 403
