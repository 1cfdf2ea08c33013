"""S9: the audit log on its screen: who opened which card, who took out what, and whether the log holds."""

import csv
import io

import pytest
from django.test import Client

from leadstone.domains.access import services as access
from leadstone.domains.access.rules import Role
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.models import AuditHead, AuditLine
from leadstone.domains.audit.rules import Action, Subject
from tests.cast import MONDAY, Guide, Visitor, ask, confirm
from tests.studio.conftest import Browser

pytestmark = pytest.mark.usefixtures("company")


def test_opening_a_card_is_one_line_with_the_reader_and_the_number_and_no_name(ann: Visitor, browser_of: Browser) -> None:
    rep = browser_of(Role.REP)
    rep.get(f"/leads/{ann.lead_id}")
    line = AuditLine.objects.get(action="read", subject="lead")
    assert line.subject_id == ann.lead_id
    rep.get("/leads/999999")
    assert AuditLine.objects.filter(action="read").count() == 1
    told = repr(list(AuditLine.objects.values()))
    assert not [value for value in ("Ann", "Nowak", "ann@", "601") if value in told]


def test_the_first_screen_shows_a_person_and_says_so_to_the_log(guide: Guide, browser_of: Browser) -> None:
    asks = ask(guide, "asks@example.com", question="How loud is it?")
    confirm(asks)
    browser_of(Role.REP).get("/")
    assert AuditLine.objects.filter(action="read", subject="lead", subject_id=asks.lead_id).exists()


def test_whoever_may_read_it_finds_lines_by_person_act_subject_and_day(ann: Visitor, browser_of: Browser, admin: Client) -> None:
    rep, fay = browser_of(Role.REP), browser_of(Role.PRIVACY_OFFICER)
    rep.get(f"/leads/{ann.lead_id}")
    b"".join(admin.get("/leads/export.csv").streaming_content)
    audit.note(actor_id=None, action=Action.ACCOUNT_RESET, subject=Subject.USER, subject_id=1, now=MONDAY)

    def rows(query: str) -> int:
        return len(fay.get(f"/settings/audit?{query}").context["rows"])

    reader = AuditLine.objects.get(action="read").actor_id
    assert rows("") == 3
    assert rows(f"who={reader}") == 1
    assert rows("who=house") == 1
    assert rows("what=exported") == 1
    assert rows(f"about=lead&id={ann.lead_id}") == 1
    assert rows("from=2026-11-16&until=2026-11-16") == 1
    assert rows("who=x&what=burned&about=king&id=-1&from=yesterday&until=0000&page=-9") == 3
    assert "page=2" not in fay.get("/settings/audit?page=99999999999999999999999").content.decode()
    assert browser_of(Role.MANAGER).get("/settings/audit").status_code == 403


def test_the_state_of_the_chain_is_told_in_words(browser_of: Browser) -> None:
    fay = browser_of(Role.PRIVACY_OFFICER)
    assert "Nothing is in the chain yet" in fay.get("/settings/audit").content.decode()
    for number in range(3):
        audit.note(actor_id=1, action=Action.READ, subject=Subject.LEAD, subject_id=number, now=MONDAY)
    audit.chain()
    page = fay.get("/settings/audit").content.decode()
    assert "3 lines, unbroken since 16 Nov" in page
    assert "Every line was checked just now" in page
    AuditHead.objects.update(sequence=4)
    assert "Line 4 is missing, and so is what came after it" in fay.get("/settings/audit").content.decode()


def test_the_file_holds_the_lines_of_the_screen_and_is_written_down_itself(browser_of: Browser) -> None:
    for number in range(3):
        audit.note(actor_id=number, action=Action.READ, subject=Subject.LEAD, subject_id=number, now=MONDAY)
    fay = browser_of(Role.PRIVACY_OFFICER)
    told = b"".join(fay.get("/settings/audit.csv?who=1").streaming_content).decode().removeprefix("\ufeff")
    table = list(csv.reader(io.StringIO(told, newline="")))
    assert [row[2:4] for row in table[1:]] == [["opened a card", "Lead 1"]]
    assert AuditLine.objects.get(action="exported").facts == {"list": "audit", "rows": 1}
    assert browser_of(Role.REP).get("/settings/audit.csv").status_code == 403


def test_what_was_gone_past_is_told_in_the_words_of_the_house(browser_of: Browser) -> None:
    team_id = access.create_team(name="Hall", now=MONDAY)
    lines = [
        (Action.OVERRIDDEN, Subject.LEAD, {"missing": "intent,interest"}),
        (Action.OVERRIDDEN, Subject.DEAL, {"stage": "won", "missing": "value, no_such_point"}),
        (Action.TEAM_CHANGED, Subject.USER, {"team": team_id}),
        (Action.TEAM_CHANGED, Subject.USER, {"team": 999}),
    ]
    for action, subject, facts in lines:
        audit.note(actor_id=None, action=action, subject=subject, subject_id=1, facts=facts, now=MONDAY)

    told = [row["told"] for row in browser_of(Role.PRIVACY_OFFICER).get("/settings/audit").context["rows"]]

    assert sorted(told) == sorted(
        ["without: Intent, Interest", "to “Won”, without: what it is worth, no_such_point", "Hall", "team 999"]
    )
