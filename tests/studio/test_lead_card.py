"""The card of a lead: what is known and who says so, and what is done with it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Role
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads import queries, services
from leadstone.domains.leads.rules import Basis, Because, Status
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.company_lead_added import add_company_lead
from leadstone.flows.lead_added import add_lead
from tests.cast import MONDAY, Guide, Visitor, ask, leave, new_version
from tests.studio.conftest import Browser, token_in


def card(client: Client, who: Visitor) -> str:
    answer = client.get(f"/leads/{who.lead_id}")
    assert answer.status_code == 200
    return answer.content.decode()


def status_of(who: Visitor) -> Status:
    return queries.lead_card(who.lead_id, reader=THE_HOUSE).status


def undo_path(page: str) -> str:
    """Where the toast's undo posts to."""
    return page.split("data-toast")[1].split('action="', 1)[1].split('"', 1)[0]


def test_the_card_shows_the_words_of_the_version_that_the_person_was_given(admin: Client, ann: Visitor, guide: Guide) -> None:
    new_version(guide, title="Changed")

    page = card(admin, ann)

    assert "The guide as a PDF file, to keep for good." in page
    assert "We sell heating audits." in page


def test_each_factor_shows_its_reasons_in_words_and_adds_up(admin: Client, ann: Visitor) -> None:
    page = card(admin, ann)

    assert "mailbox proven" in page
    assert "came for content, no prize" in page
    assert "was told plainly that we sell" in page


def test_a_claim_stands_beside_the_fact_and_is_called_a_claim(admin: Client, ann: Visitor, bob: Visitor) -> None:
    assert ">claimed<" not in card(admin, ann)
    assert ">claimed<" in card(admin, bob)


def test_what_is_called_proven_is_the_mailbox_and_not_the_name(admin: Client, ann: Visitor) -> None:
    page = card(admin, ann)

    assert ">said from a proven mailbox<" in page
    assert ">verified<" not in page


def test_a_number_that_may_not_be_called_is_not_shown_in_one_digit(admin: Client, ann: Visitor) -> None:
    page = card(admin, ann)

    assert "Mail first" in page
    assert "601" not in page
    assert "tel:" not in page


def test_a_number_that_was_given_to_be_called_is_shown(admin: Client, emil: User) -> None:
    told = {"name": "Jan", "email": "", "phone": "601 234 567", "company": "", "where_met": "", "language": "pl"}
    lead_id = add_lead(**told, channel=ChannelType.TRADE_FAIR, basis=Basis.ASKED_US, by=emil.pk, now=MONDAY)

    assert 'href="tel:' in admin.get(f"/leads/{lead_id}").content.decode()


def test_what_an_attacker_typed_is_text_and_nothing_else(admin: Client, guide: Guide) -> None:
    who = ask(guide, "x@example.com", name="<script>alert(1)</script>", question='"><img src=x onerror=alert(1)>')

    page = card(admin, who)

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_somebody_who_left_is_shown_as_such(admin: Client, ann: Visitor) -> None:
    leave(ann)

    assert "Does not want marketing from us." in card(admin, ann)


def test_a_move_is_made_and_its_toast_leads_back(admin: Client, ann: Visitor) -> None:
    page = admin.post(f"/leads/{ann.lead_id}/move", {"to": "working"}, follow=True).content.decode()
    assert status_of(ann) is Status.WORKING

    admin.post(undo_path(page))
    assert status_of(ann) is Status.NEW


def test_a_colleagues_later_move_is_not_undone(admin: Client, ann: Visitor, emil: User) -> None:
    page = admin.post(f"/leads/{ann.lead_id}/move", {"to": "working"}, follow=True).content.decode()
    services.give_up(lead_id=ann.lead_id, because=Because.NO_NEED, note="", by=emil.pk, now=MONDAY)

    answer = admin.post(undo_path(page), follow=True).content.decode()

    assert status_of(ann) is Status.DISQUALIFIED
    assert "A colleague moved this lead a moment ago" in answer


def test_a_lead_is_kept_for_later_with_a_reason_and_a_day_and_brought_back(admin: Client, ann: Visitor) -> None:
    on = timezone.localdate() + timedelta(days=9)
    told = {"to": "nurturing", "because": "not_now", "on": on.isoformat(), "note": "after the heating season"}
    page = admin.post(f"/leads/{ann.lead_id}/move", told, follow=True).content.decode()
    assert status_of(ann) is Status.NURTURING
    assert "after the heating season" in page
    assert "The time is not right" in page

    admin.post(undo_path(page))
    assert status_of(ann) is Status.NEW


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"to": "nurturing", "because": "not_now", "on": ""}, "Name the day"),
        ({"to": "nurturing", "because": "not_now", "on": "2020-01-01"}, "must be after today"),
        ({"to": "nurturing", "because": "not_now", "on": "31 April"}, "Name the day"),
        ({"to": "disqualified"}, "Say why"),
        ({"to": "disqualified", "because": "bored"}, "Say why"),
        ({"to": "disqualified", "because": "other"}, "needs a few words"),
        ({"to": "disqualified", "because": "no_need", "note": "x" * 401}, "400 characters at most"),
    ],
)
def test_a_lead_is_not_put_aside_without_saying_why(admin: Client, ann: Visitor, told: dict[str, str], words: str) -> None:
    page = admin.post(f"/leads/{ann.lead_id}/move", told, follow=True).content.decode()

    assert words in page
    assert status_of(ann) is Status.NEW


def test_a_company_without_a_person_has_a_card(admin: Client, emil: User) -> None:
    lead_id = add_company_lead(
        CompanyDetails(name="Hotel Bałtyk", website="hotel-baltyk.example"),
        channel=ChannelType.TRADE_FAIR,
        where_met="",
        basis=Basis.PUBLIC_ROLE,
        by=emil.pk,
        now=MONDAY,
    )

    assert "Hotel Bałtyk" in admin.get(f"/leads/{lead_id}").content.decode()
    assert "Hotel Bałtyk" in admin.get(f"/qualification/{lead_id}").content.decode()


def test_the_card_shows_the_checklist_and_what_is_missing(admin: Client, ann: Visitor) -> None:
    page = card(admin, ann)

    assert "Needs 2 more things: “Intent” and “Interest”." in page


def test_a_lead_does_not_become_qualified_without_being_worked_on(admin: Client, ann: Visitor) -> None:
    answer = admin.post(f"/leads/{ann.lead_id}/move", {"to": "qualified"}, follow=True).content.decode()

    assert status_of(ann) is Status.NEW
    assert "cannot go there" in answer


def test_nobody_undoes_a_move_that_was_never_made(admin: Client, ann: Visitor) -> None:
    admin.post(f"/leads/{ann.lead_id}/move/back/qualified/new")

    assert status_of(ann) is Status.NEW


def test_a_lead_is_handed_over_and_given_back(admin: Client, ann: Visitor, emil: User) -> None:
    page = admin.post(f"/leads/{ann.lead_id}/owner", {"owner": str(emil.pk)}, follow=True).content.decode()
    assert queries.lead_card(ann.lead_id, reader=THE_HOUSE).owner_id == emil.pk

    admin.post(undo_path(page))
    assert queries.lead_card(ann.lead_id, reader=THE_HOUSE).owner_id is None


def test_a_form_without_an_owner_takes_the_lead_from_nobody(admin: Client, ann: Visitor, emil: User) -> None:
    admin.post(f"/leads/{ann.lead_id}/owner", {"owner": str(emil.pk)})

    answer = admin.post(f"/leads/{ann.lead_id}/owner", {})

    assert answer.status_code == 400
    assert "Choose a colleague" in answer.content.decode()
    assert queries.lead_card(ann.lead_id, reader=THE_HOUSE).owner_id == emil.pk


def test_a_lead_is_nobodys_when_the_form_says_so(admin: Client, ann: Visitor, emil: User) -> None:
    admin.post(f"/leads/{ann.lead_id}/owner", {"owner": str(emil.pk)})

    admin.post(f"/leads/{ann.lead_id}/owner", {"owner": "nobody"})

    assert queries.lead_card(ann.lead_id, reader=THE_HOUSE).owner_id is None


def test_a_lead_cannot_be_given_to_somebody_who_does_not_work_here(admin: Client, ann: Visitor) -> None:
    assert admin.post(f"/leads/{ann.lead_id}/owner", {"owner": "999999"}).status_code == 404


def test_a_sale_is_recorded_shown_and_taken_back(admin: Client, ann: Visitor) -> None:
    sale = {"amount": "18 400,50", "currency": "PLN", "title": "Audit"}
    page = admin.post(f"/leads/{ann.lead_id}/deal", sale, follow=True).content.decode()
    [deal] = pipeline.deals_of(ann.lead_id, reader=THE_HOUSE)
    assert (deal.amount_minor, deal.title) == (1_840_050, "Audit")

    admin.post(undo_path(page))
    assert pipeline.deals_of(ann.lead_id, reader=THE_HOUSE) == []


def test_a_mistyped_amount_is_said_beside_the_field_and_kept(admin: Client, ann: Visitor) -> None:
    answer = admin.post(f"/leads/{ann.lead_id}/deal", {"amount": "a lot", "currency": "PLN", "title": "Audit"})

    assert answer.status_code == 422
    assert 'value="a lot"' in answer.content.decode()
    assert "This is not an amount." in answer.content.decode()
    assert pipeline.deals_of(ann.lead_id, reader=THE_HOUSE) == []


@pytest.mark.parametrize("path", ["move", "owner", "deal"])
def test_the_privacy_officer_reads_the_card_and_changes_nothing(browser_of: Browser, ann: Visitor, path: str) -> None:
    fay = browser_of(Role.PRIVACY_OFFICER)

    assert fay.get(f"/leads/{ann.lead_id}").status_code == 200
    assert fay.post(f"/leads/{ann.lead_id}/{path}", {"to": "working"}).status_code == 403
    assert status_of(ann) is Status.NEW


def test_a_lead_that_is_gone_is_not_there(admin: Client, ann: Visitor) -> None:
    services.end_leads(contact_id=ann.contact_id, now=MONDAY)

    assert admin.get(f"/leads/{ann.lead_id}").status_code == 404
    assert admin.post(f"/leads/{ann.lead_id}/deal", {"amount": "1", "currency": "PLN"}).status_code == 404


def test_the_page_carries_a_token_for_its_forms(admin: Client, ann: Visitor) -> None:
    assert token_in(card(admin, ann))
