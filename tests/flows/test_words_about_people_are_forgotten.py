"""What staff wrote down about people goes with them, wherever it stands and whenever it was written."""

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About
from leadstone.domains.assignment.models import Assignment
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.privacy import services as privacy
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.company_lead_added import add_company_lead, add_person
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.wire.records import ExchangeUndone
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, published
from tests.pipelines import a_deal

pytestmark = pytest.mark.django_db

WORDS = "Her mother needs it warm"


def test_a_note_from_before_somebody_spoke_for_the_company_goes_with_that_person(emil: User) -> None:
    lead_id = add_company_lead(
        CompanyDetails(name="Młyn Sztuki", website="mlyn.example"),
        channel=ChannelType.TRADE_FAIR,
        where_met="",
        basis=Basis.PUBLIC_ROLE,
        by=emil.pk,
        now=MONDAY,
    )
    activities.write_note(about=About(lead_id=lead_id), text="Marta Kot decides there", by=emil.pk, now=MONDAY)
    contact_id = add_person(
        Lead.objects.get(pk=lead_id).company_id or 0,
        company="Młyn Sztuki",
        lead_id=lead_id,
        name="Marta Kot",
        email="marta@mlyn.example",
        phone="",
        position="",
        by=emil.pk,
        language="pl",
        now=MONDAY,
    )

    privacy.erase_contact(contact_id, now=MONDAY)

    assert not Activity.objects.exclude(text="").exists()


def told_of(who: Visitor) -> None:
    """Staff wrote the same of one interest in four places."""
    lead = Lead.objects.get(pk=who.lead_id)
    point = Point.objects.get(key="intent")
    Evidence.objects.create(lead=lead, point=point, kind="answer", source_id=1, said=WORDS, at=MONDAY)
    Promotion.objects.create(lead=lead, at=MONDAY, reason=WORDS)
    Assignment.objects.create(lead=lead, because="by_hand", state="accepted", at=MONDAY, note=WORDS)
    a_deal(("prospect", MONDAY), lead=lead, title=WORDS)


def kept() -> list[str]:
    """Every place where the words still stand."""
    columns = ((Evidence, "said"), (Promotion, "reason"), (Assignment, "note"), (Deal, "title"))
    return [f"{model.__name__} {row.lead_id}" for model, name in columns for row in model.objects.exclude(**{name: ""})]  # type: ignore[attr-defined]  # four tables that hang on a lead


def test_an_exchange_that_is_undone_takes_the_words_about_it_and_leaves_those_about_another(guide: Guide) -> None:
    jan = ask(guide, "jan@example.org", name="Jan", question=WORDS)
    confirm(jan)
    again = ask(published("other"), "jan@example.org", name="Jan")
    confirm(again)
    told_of(jan)
    told_of(again)

    exchanges_undone([ExchangeUndone(at=int(MONDAY.timestamp() * 1000), grant_key=str(jan.grant_key))], now=MONDAY)

    assert kept() == [f"{name} {again.lead_id}" for name in ("Evidence", "Promotion", "Assignment", "Deal")]
