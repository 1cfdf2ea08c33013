"""Assignment at the door of the studio: rules, their simulation, the open queue, hands, availability."""

import pytest
from django.test import Client

from leadstone.domains.access.models import ReachOfRole, User
from leadstone.domains.access.rules import Reach, Role, Thing
from leadstone.domains.assignment import queries, services
from leadstone.domains.assignment.models import OwnerRule
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.assignment.services import RuleWords
from leadstone.domains.leads.models import Lead
from tests.cast import MONDAY, Guide, Visitor, form, receive, staff
from tests.studio.conftest import Browser
from tests.studio.test_lead_card import undo_path


@pytest.fixture
def gosia(db: None) -> User:
    return staff("Gosia", Role.REP)


@pytest.fixture
def manager(browser_of: Browser) -> Client:
    return browser_of(Role.MANAGER)


@pytest.fixture
def rep(browser_of: Browser, emil: User) -> Client:
    return browser_of(Role.REP)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def owner_of(who: Visitor) -> int | None:
    return Lead.objects.get(pk=who.lead_id).owner_id


def draft(*members: User, **words: object) -> int:
    told: dict[str, object] = {"name": "Fairs", "conditions": Conditions(), "weights": {each.pk: 1 for each in members}}
    return services.add_rule(RuleWords(**(told | words)), now=MONDAY)  # type: ignore[arg-type]  # the keys of the words


def test_a_rule_is_written_down_and_tried_before_it_speaks(manager: Client, ann: Visitor, emil: User, gosia: User) -> None:
    given = {
        "name": "Visitors",
        "channels": ["direct", "trade_fair"],
        "countries": "pl",
        "hours": "2",
        "keeps_owner": "on",
        f"share_{emil.pk}": "2",
        f"share_{gosia.pk}": "1",
    }
    page = manager.post("/assignment/rules/new", given, follow=True).content.decode()

    (rule,) = queries.owner_rules()
    assert rule.active_since is None
    assert (rule.answer_within_minutes, {each.user_id: each.weight for each in rule.members}) == (120, {emil.pk: 2, gosia.pk: 1})
    assert "Emil and Gosia by turns, 2\u00a0:\u00a01" in page
    assert "answer within 2 h of working time" in page
    assert "Poland" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"countries": "Poland"}, "No country has these letters"),
        ({"name": ""}, "This field is required."),
        ({"hours": "-1"}, "greater than or equal to 0"),
        ({"share": "0"}, "Give at least one colleague a share"),
    ],
)
def test_a_mistake_in_a_rule_stands_beside_its_field(manager: Client, emil: User, changes: dict[str, str], words: str) -> None:
    given = {"name": "Visitors", f"share_{emil.pk}": changes.get("share", "1")} | changes

    answer = manager.post("/assignment/rules/new", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OwnerRule.objects.exists()


def test_a_rule_comes_back_into_its_form_as_it_was_kept(manager: Client, emil: User) -> None:
    rule_id = draft(emil, conditions=Conditions(postcodes=frozenset({"80"}), company=True), answer_within_minutes=90)

    page = text(manager, f"/assignment/rules/{rule_id}")

    assert 'value="80"' in page
    assert 'value="1.5"' in page
    assert '<option value="yes" selected>' in page


def test_a_rule_is_switched_on_and_its_toast_switches_it_off(manager: Client, emil: User) -> None:
    rule_id = draft(emil)

    page = manager.post(f"/assignment/rules/{rule_id}/on", follow=True).content.decode()
    assert "on since" in page
    manager.post(undo_path(page))

    assert queries.owner_rule(rule_id).active_since is None


def test_rules_change_places_by_buttons(manager: Client, emil: User) -> None:
    first, second = draft(emil, name="First"), draft(emil, name="Second")

    manager.post(f"/assignment/rules/{second}/move", {"where": "up"})

    assert [rule.rule_id for rule in queries.owner_rules()] == [second, first]
    manager.post(f"/assignment/rules/{second}/move", {"where": "up"})
    assert [rule.rule_id for rule in queries.owner_rules()] == [second, first]


def test_a_draft_is_taken_away_and_brought_back_and_a_rule_that_is_on_is_not(manager: Client, emil: User) -> None:
    rule_id = draft(emil)
    page = manager.post(f"/assignment/rules/{rule_id}/remove", follow=True).content.decode()
    assert queries.owner_rules() == []
    manager.post(undo_path(page))
    assert len(queries.owner_rules()) == 1

    services.switch_rule(rule_id=rule_id, on=True, now=MONDAY)
    page = manager.post(f"/assignment/rules/{rule_id}/remove", follow=True).content.decode()

    assert "is switched off first" in page
    assert len(queries.owner_rules()) == 1


@pytest.mark.usefixtures("_now_is_monday")
def test_each_number_of_a_simulation_opens_to_its_rows(manager: Client, guide: Guide, emil: User, gosia: User) -> None:
    receive(*[form(guide, f"p{number}@example.net", name=f"Person {number}") for number in range(4)])
    rule_id = draft(emil, gosia)

    page = text(manager, f"/assignment/rules/{rule_id}/simulation")
    assert "Of 4 leads that came it speaks for 4." in page
    assert "4 would be in other hands than now" in page
    assert "Person" not in page

    rows = text(manager, f"/assignment/rules/{rule_id}/simulation?show=owner-{emil.pk}")
    assert rows.count("Person") == 2
    assert text(manager, f"/assignment/rules/{rule_id}/simulation?show=changed").count("Person") == 4
    assert Lead.objects.filter(owner=None).count() == 4


@pytest.fixture
def _now_is_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadstone.studio.assignment.simulation.timezone.now", lambda: MONDAY)


def test_only_who_keeps_the_rules_sees_them(rep: Client, emil: User) -> None:
    rule_id = draft(emil)

    for path in ("/assignment/", "/assignment/rules/new", f"/assignment/rules/{rule_id}/simulation"):
        assert rep.get(path).status_code == 403, path
    assert rep.post(f"/assignment/rules/{rule_id}/on").status_code == 403
    assert queries.owner_rule(rule_id).active_since is None


def test_the_open_queue_shows_why_nobody_has_it_and_gives_it_to_who_takes_it(rep: Client, ann: Visitor, emil: User) -> None:
    rule_id = draft(emil, conditions=Conditions(channels=frozenset({"webinar"})))
    services.switch_rule(rule_id=rule_id, on=True, now=MONDAY)
    services.assign_leads([ann.lead_id], now=MONDAY)
    assert "No rule speaks for it." in text(rep, "/assignment/queue")

    page = rep.post(f"/assignment/leads/{ann.lead_id}/take", {"next": "queue"}, follow=True).content.decode()

    assert owner_of(ann) == emil.pk
    assert "Every lead has somebody" in page
    rep.post(undo_path(page))
    assert owner_of(ann) is None


def test_a_hand_over_is_offered_and_returned_with_a_reason(
    rep: Client, browser_of: Browser, ann: Visitor, emil: User, gosia: User
) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    rep.post(f"/assignment/leads/{ann.lead_id}/hand-over", {"owner": gosia.pk, "note": "She lives near you"})
    hers = Client(headers={"host": "127.0.0.1"})
    hers.force_login(gosia)
    assert "She lives near you" in text(hers, "/assignment/queue")

    page = hers.post(f"/assignment/leads/{ann.lead_id}/return", {"reason": ""}, follow=True).content.decode()
    assert "Say why you return it" in page
    hers.post(f"/assignment/leads/{ann.lead_id}/return", {"reason": "On leave"})

    assert owner_of(ann) == emil.pk


def test_a_lead_out_of_reach_is_neither_taken_nor_handed_over(rep: Client, ann: Visitor, emil: User, gosia: User) -> None:
    ReachOfRole.objects.create(role=Role.REP.value, thing=Thing.LEADS.value, reach=Reach.OWN.value)
    services.take(lead_id=ann.lead_id, by=gosia.pk, now=MONDAY)

    for act in ("take", "accept", "return", "hand-over"):
        assert rep.post(f"/assignment/leads/{ann.lead_id}/{act}", {"owner": emil.pk}).status_code == 404, act
    assert rep.post(f"/assignment/leads/{ann.lead_id}/back").status_code == 404
    assert owner_of(ann) == gosia.pk


def test_a_hand_over_out_of_ones_reach_leads_to_the_list_and_can_be_undone(
    rep: Client, ann: Visitor, emil: User, gosia: User
) -> None:
    ReachOfRole.objects.create(role=Role.REP.value, thing=Thing.LEADS.value, reach=Reach.OWN.value)
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)

    answer = rep.post(f"/assignment/leads/{ann.lead_id}/hand-over", {"owner": gosia.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == "/leads/"
    rep.post(undo_path(answer.content.decode()))

    assert owner_of(ann) == emil.pk


def test_somebody_says_when_they_work(rep: Client, emil: User) -> None:
    given = {
        "from_1": "09:00",
        "until_1": "17:30",
        "most_open_leads": "20",
        "away_from": "2026-12-24",
        "away_until": "2026-12-31",
    }
    assert rep.post("/assignment/availability", given).status_code == 302

    said = queries.availability_of(emil.pk)
    assert (set(said.hours), said.most_open_leads) == ({1}, 20)
    page = text(rep, "/assignment/availability")
    assert 'value="17:30"' in page
    assert 'value="2026-12-31"' in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"from_1": "17:00", "until_1": "09:00"}, "The end comes after the beginning."),
        ({"from_1": "17:00"}, "Give both times"),
        ({"most_open_leads": ""}, "Give the hours of at least one day"),
        ({"from_1": "25:99", "until_1": "26:00"}, "Enter a valid time."),
        ({"from_1": "08:00", "until_1": "09:00", "most_open_leads": "-4"}, "greater than or equal to 0"),
    ],
)
def test_hours_that_make_no_sense_are_refused(rep: Client, given: dict[str, str], words: str) -> None:
    answer = rep.post("/assignment/availability", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_colleagues_hours_are_for_who_keeps_the_rules(rep: Client, manager: Client, gosia: User, fay: User) -> None:
    assert rep.get(f"/assignment/availability/{gosia.pk}").status_code == 403
    assert "When Gosia works" in text(manager, f"/assignment/availability/{gosia.pk}")
    assert manager.get(f"/assignment/availability/{fay.pk}").status_code == 404
