"""The checklist at its door: receipts, refusals with words, the override, and the editor under Settings."""

import pytest
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities.models import Activity
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Status
from leadstone.domains.qualification import queries
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from tests.cast import Visitor
from tests.studio.conftest import Browser

AS_FRAGMENT = {"HX-Request": "true"}


def point_id(key: str) -> int:
    return Point.objects.get(key=key).pk


def note(client: Client, who: Visitor, key: str, text: str = "Wants it this year.") -> str:
    answer = client.post(f"/qualification/{who.lead_id}/evidence", {"point": point_id(key), "text": text}, follow=True)
    return answer.content.decode()


def undo(client: Client, page: str) -> str:
    path = page.split("data-toast")[1].split('action="', 1)[1].split('"', 1)[0]
    return client.post(path, follow=True).content.decode()


def test_a_short_note_becomes_a_receipt_and_a_line_of_the_story_and_undo_takes_both(admin: Client, ann: Visitor) -> None:
    page = note(admin, ann, "intent")
    assert "Wants it this year." in page
    assert "Wants it this year." in admin.get(f"/leads/{ann.lead_id}").content.decode()

    undo(admin, page)

    assert queries.points_established([ann.lead_id])[ann.lead_id] == set()
    assert "Wants it this year." not in admin.get(f"/leads/{ann.lead_id}").content.decode()


def test_a_withdrawn_receipt_comes_back_with_undo(admin: Client, ann: Visitor) -> None:
    note(admin, ann, "intent")
    receipt = Evidence.objects.get()

    page = admin.post(f"/qualification/{ann.lead_id}/evidence/{receipt.pk}/withdraw", follow=True).content.decode()
    assert queries.points_established([ann.lead_id])[ann.lead_id] == set()

    undo(admin, page)
    assert queries.points_established([ann.lead_id])[ann.lead_id] == {"intent"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"point": "999", "text": "x"}, "no longer asked for"),
        ({"point": "x", "text": "x"}, "no longer asked for"),
        ({"point": "intent", "text": "  "}, "an empty note shows nothing"),
        ({"point": "intent", "kind": "note", "source": "999999"}, "no such evidence about this lead"),
        ({"point": "intent", "kind": "rumour", "source": "1"}, "no such evidence about this lead"),
        ({"point": "intent", "kind": "delivered", "source": "1"}, "does not fill this point"),
    ],
)
def test_a_receipt_that_does_not_hold_is_refused_in_words(admin: Client, ann: Visitor, told: dict[str, str], words: str) -> None:
    given = told | {"point": str(point_id("intent"))} if told["point"] == "intent" else told

    page = admin.post(f"/qualification/{ann.lead_id}/evidence", given, follow=True).content.decode()

    assert words in page
    assert not Evidence.objects.exists()
    assert not Activity.objects.exists()


def test_promotion_is_refused_where_the_button_is_with_what_is_missing(admin: Client, ann: Visitor) -> None:
    note(admin, ann, "intent")

    answer = admin.post(f"/qualification/{ann.lead_id}/promote", headers=AS_FRAGMENT)

    page = answer.content.decode()
    assert "<html" not in page
    assert "Needs one more thing: “Interest”." in page
    assert "there is no evidence for “Interest”" in page
    assert Lead.objects.get().status == Status.NEW


def test_a_promotion_leads_on_and_is_undone_from_its_toast(admin: Client, ann: Visitor) -> None:
    note(admin, ann, "intent")
    note(admin, ann, "interest")

    page = admin.post(f"/qualification/{ann.lead_id}/promote", {"next": "today"}, follow=True).content.decode()
    assert Lead.objects.get().status == Status.QUALIFIED

    assert "Undone: not a prospect." in undo(admin, page)
    assert Lead.objects.get().status == Status.NEW


def test_a_manager_promotes_anyway_with_a_reason_that_stays_in_sight(browser_of: Browser, ann: Visitor) -> None:
    manager = browser_of(Role.MANAGER)
    refused = manager.post(f"/qualification/{ann.lead_id}/override", {"reason": ""}, follow=True).content.decode()
    assert "Say why" in refused

    manager.post(f"/qualification/{ann.lead_id}/override", {"reason": "Decided at the fair."})

    page = manager.get(f"/leads/{ann.lead_id}").content.decode()
    assert "Without “Intent” and “Interest”, because: Decided at the fair." in page
    assert AuditLine.objects.filter(action="overridden", subject_id=ann.lead_id).count() == 1


def test_a_rep_does_not_promote_anyway(browser_of: Browser, ann: Visitor) -> None:
    rep = browser_of(Role.REP)

    assert "Promote anyway" not in rep.get(f"/qualification/{ann.lead_id}").content.decode()
    assert rep.post(f"/qualification/{ann.lead_id}/override", {"reason": "please"}).status_code == 403
    assert not Promotion.objects.exists()


@pytest.mark.parametrize("path", ["evidence", "promote", "override"])
def test_the_privacy_officer_reads_the_checklist_and_changes_nothing(browser_of: Browser, ann: Visitor, path: str) -> None:
    fay = browser_of(Role.PRIVACY_OFFICER)

    assert fay.get(f"/qualification/{ann.lead_id}").status_code == 200
    assert fay.post(f"/qualification/{ann.lead_id}/{path}", {"point": point_id("intent"), "text": "x"}).status_code == 403
    assert not Evidence.objects.exists()


def test_a_lead_out_of_reach_has_no_checklist(browser_of: Browser, ann: Visitor, dora: User) -> None:
    rep = browser_of(Role.REP)
    leads.assign_owner(lead_id=ann.lead_id, owner_id=dora.pk)

    assert rep.get(f"/qualification/{ann.lead_id}").status_code == 404
    assert rep.post(f"/qualification/{ann.lead_id}/evidence", {"point": point_id("intent"), "text": "x"}).status_code == 404
    assert rep.post(f"/qualification/{ann.lead_id}/promote").status_code == 404
    assert rep.post(f"/today/{ann.lead_id}/later").status_code == 404
    assert not Evidence.objects.exists()


GRANT = {"name_en": "Grant", "name_pl": "Dotacja", "question_en": "Do they ask for one?", "takes": ["note", "call"]}


def test_a_point_is_added_renamed_moved_and_archived(admin: Client, ann: Visitor) -> None:
    admin.post("/qualification/points", GRANT | {"required": "on"})
    grant = point_id("grant")
    assert "Grant" in admin.get(f"/qualification/{ann.lead_id}").content.decode()

    admin.post(f"/qualification/points/{grant}", GRANT | {"name_en": "Public money"})
    admin.post("/qualification/points/order", {"point": grant, "way": "up"})
    [*_, named, last] = queries.points()
    assert (named.names, named.required, last.key) == ({"en": "Public money", "pl": "Dotacja"}, False, "time")

    admin.post(f"/qualification/points/{grant}/archive", {"archived": "yes"})
    assert "Public money" not in admin.get(f"/qualification/{ann.lead_id}").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name_en": "", "name_pl": ""}, "A point needs a name."),
        ({"takes": []}, "Choose at least one kind of evidence"),
    ],
)
def test_a_mistake_is_said_beside_its_field(admin: Client, change: dict[str, object], words: str) -> None:
    answer = admin.post("/qualification/points", GRANT | change)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_intent_is_not_made_optional_or_archived(admin: Client) -> None:
    intent = point_id("intent")

    answer = admin.post(f"/qualification/points/{intent}", GRANT)
    assert answer.status_code == 422
    assert "Intent and interest are always needed" in answer.content.decode()

    admin.post(f"/qualification/points/{intent}/archive", {"archived": "yes"})
    assert Point.objects.get(pk=intent).archived_at is None


def test_the_checklist_is_edited_by_who_manages_the_company_alone(browser_of: Browser) -> None:
    rep = browser_of(Role.REP)

    assert rep.get("/qualification/points").status_code == 403
    assert rep.post("/qualification/points", GRANT).status_code == 403
    assert rep.post(f"/qualification/points/{point_id('need')}/archive", {"archived": "yes"}).status_code == 403
    assert not Point.objects.filter(key="grant").exists()
