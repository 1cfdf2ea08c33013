"""A rep of one team learns and changes nothing of what the other team works on, by whatever address they try."""

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.companies.models import Company
from leadstone.domains.leads.models import Lead
from leadstone.domains.pipeline.models import Deal, Stage
from leadstone.domains.qualification.models import Evidence, Point
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, staff
from tests.studio.conftest import HOST, Browser

SECRET = "Their board decides on Friday, 40 % off would win them"


@pytest.fixture
def emil(emil: User) -> User:
    """In team A."""
    emil.team = Team.objects.create(name="A", created_at=MONDAY)
    emil.save()
    return emil


@pytest.fixture
def gina(db: None) -> User:
    """In team B."""
    gina = staff("Gina", Role.REP)
    gina.team = Team.objects.create(name="B", created_at=MONDAY)
    gina.save()
    return gina


@pytest.fixture
def rep(company: None, emil: User) -> Client:
    client = Client(headers=HOST)
    client.force_login(emil)
    return client


@pytest.fixture
def factory(db: None) -> Company:
    return Company.objects.create(name="Zakład", domain="zaklad.example.com", search="zaklad", created_at=MONDAY)


def works(user: User, who: Visitor, factory: Company) -> Visitor:
    Lead.objects.filter(pk=who.lead_id).update(owner=user, company=factory)
    return who


@pytest.fixture
def mine(guide: Guide, emil: User, factory: Company) -> Visitor:
    who = ask(guide, "jan@zaklad.example.com", name="Jan")
    confirm(who)
    return works(emil, who, factory)


@pytest.fixture
def theirs(ann: Visitor, gina: User, factory: Company) -> Visitor:
    """Another person of the same company, whom the other team works."""
    return works(gina, ann, factory)


def point_id(key: str) -> int:
    return Point.objects.get(key=key).pk


def test_what_the_other_team_wrote_of_the_same_company_is_no_evidence_that_a_rep_is_shown(
    rep: Client, gina: User, mine: Visitor, theirs: Visitor
) -> None:
    activities.write_note(about=About(lead_id=theirs.lead_id), text=SECRET, by=gina.pk, now=MONDAY)

    for path in (f"/qualification/{mine.lead_id}", f"/leads/{mine.lead_id}"):
        assert SECRET.partition(",")[0] not in rep.get(path).content.decode(), path


def test_a_note_of_the_other_team_cannot_be_named_as_evidence(rep: Client, gina: User, mine: Visitor, theirs: Visitor) -> None:
    note = activities.write_note(about=About(lead_id=theirs.lead_id), text=SECRET, by=gina.pk, now=MONDAY)

    rep.post(f"/qualification/{mine.lead_id}/evidence", {"point": point_id("intent"), "kind": "note", "source": note})

    assert not Evidence.objects.exists()


def test_an_activity_is_not_hung_on_a_company_out_of_reach_or_one_that_does_not_exist(
    rep: Client, gina: User, mine: Visitor
) -> None:
    foreign = Company.objects.create(name="Młyn", domain="mlyn.example", search="mlyn", created_at=MONDAY)
    Lead.objects.create(company=foreign, owner=gina, channel="referral", opened_at=MONDAY, accuracy=1, incentive=1, awareness=1)

    for company_id in (foreign.pk, 987_654_321):
        answer = rep.post("/activities/note", {"company": company_id, "text": "Hello"})
        assert answer.status_code == 404, company_id
    assert not Activity.objects.exists()


def test_a_person_without_a_lead_is_noted_on_as_their_card_offers(rep: Client, mine: Visitor) -> None:
    Lead.objects.filter(pk=mine.lead_id).delete()
    assert rep.get(f"/companies/people/{mine.contact_id}").status_code == 200

    assert rep.post("/activities/note", {"contact": mine.contact_id, "text": "Hello"}).status_code == 302


def deal_of(who: Visitor, owner: User | None, *, stage: str = "won") -> Deal:
    now = timezone.now()
    return Deal.objects.create(
        lead_id=who.lead_id,
        owner=owner,
        title="Secret boiler",
        stage=Stage.objects.get(key=stage),
        amount_minor=7_654_300,
        currency="PLN",
        opened_at=now,
        entered_stage_at=now,
        touched_at=now,
        won_at=now if stage == "won" else None,
        recorded_by=owner,
    )


def test_a_sale_of_the_other_team_is_neither_shown_nor_undone_on_the_card_of_a_shared_lead(
    rep: Client, gina: User, mine: Visitor
) -> None:
    deal = deal_of(mine, gina)

    assert "Secret boiler" not in rep.get(f"/leads/{mine.lead_id}").content.decode()
    rep.post(f"/leads/{mine.lead_id}/deal/{deal.pk}/back")
    assert Deal.objects.filter(pk=deal.pk).exists()


def test_the_checklist_of_a_lead_is_a_card_whose_reading_leaves_a_line(rep: Client, mine: Visitor) -> None:
    rep.get(f"/qualification/{mine.lead_id}")

    assert AuditLine.objects.filter(action="read", subject="lead", subject_id=mine.lead_id).count() == 1


def test_what_was_won_with_somebody_who_went_still_opens(browser_of: Browser, mine: Visitor, gina: User) -> None:
    deal = deal_of(mine, gina)
    Lead.objects.filter(pk=mine.lead_id).update(ended_at=MONDAY)

    assert browser_of(Role.MANAGER).get(f"/board/{deal.pk}").status_code == 200


def test_who_may_see_a_deal_notes_on_it_though_the_lead_behind_it_is_the_other_teams(
    rep: Client, emil: User, theirs: Visitor
) -> None:
    deal = deal_of(theirs, emil, stage="need")
    assert rep.get(f"/board/{deal.pk}").status_code == 200

    answer = rep.post("/activities/note", {"deal": deal.pk, "text": "They ask for a second quote"})

    assert answer.status_code == 302
    assert Activity.objects.get().deal_id == deal.pk
    assert rep.post("/activities/note", {"lead": theirs.lead_id, "text": "Hello"}).status_code == 404
