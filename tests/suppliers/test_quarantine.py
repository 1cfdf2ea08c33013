"""Whom we know without a basis hears nothing from us, is asked about, and is forgotten after thirty days."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities.models import Activity
from leadstone.domains.consent.rules import Refusal
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import DELIVERY, TO_STAFF, Limits, MessageClass, State
from leadstone.domains.delivery.services import gateway
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis, LeadFilter
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import add_lead
from leadstone.flows.leads_bought import buy_leads
from leadstone.flows.notices import NOTICES
from leadstone.flows.unfounded_kept import KEPT, forget_unfounded, state_basis, take_back_basis
from tests.cast import MONDAY, Guide, ask, confirm
from tests.suppliers.cast import offered, one_supplier, react
from tests.suppliers.gate import what_the_gate_says

pytestmark = pytest.mark.django_db
OLA = "ola@example.com"


@pytest.fixture
def lead(dora: User) -> Lead:
    """Ola, of whom nobody said why we may know her."""
    supplier_id = one_supplier(by=dora.pk, wants=frozenset())
    buy_leads(supplier_id, [offered(OLA, words="", agreed_at=None)], name="", by=dora.pk, now=MONDAY)
    react()
    return Lead.objects.get()


@pytest.mark.parametrize("message_class", list(MessageClass))
@pytest.mark.parametrize("kind", ["delivery", "link_again", "mailing", "personal", *sorted(NOTICES.keys() - TO_STAFF)])
def test_no_message_of_any_kind_reaches_them(lead: Lead, kind: str, message_class: MessageClass) -> None:
    said = what_the_gate_says(lead.contact_id or 0, OLA, kind=kind, message_class=message_class)

    assert said == (State.EXCLUDED, Refusal.NO_BASIS)


def test_the_gate_opens_once_somebody_stated_the_basis(lead: Lead) -> None:
    assert state_basis(lead.pk, contact_id=lead.contact_id or 0, basis=Basis.ASKED_US, now=MONDAY)

    assert what_the_gate_says(lead.contact_id or 0, OLA, kind="personal")[0] is not State.EXCLUDED


def test_somebody_is_asked_a_week_before_and_told_of_nothing_that_is_not_allowed(lead: Lead, dora: User) -> None:
    task = Activity.objects.get()

    assert task.due_at is not None
    assert (task.owner_id, task.due_at.date()) == (dora.pk, MONDAY.date() + timedelta(days=23))
    assert "erased" in task.title


def test_once_there_is_a_basis_they_are_to_be_told(lead: Lead) -> None:
    state_basis(lead.pk, contact_id=lead.contact_id or 0, basis=Basis.ASKED_US, now=MONDAY)
    react()

    assert Activity.objects.filter(title__startswith="Tell people").count() == 1


def test_a_delivery_without_reasons_is_one_task_that_ends_with_the_last_of_them(dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk, wants=frozenset())
    offers = [offered(f"lead{number}@example.com", words="", agreed_at=None) for number in range(3)]
    buy_leads(supplier_id, offers, name="", by=dora.pk, now=MONDAY)
    react()
    task, (first, *others) = Activity.objects.get(), Lead.objects.order_by("pk")

    state_basis(first.pk, contact_id=first.contact_id or 0, basis=Basis.ASKED_US, now=MONDAY)
    task.refresh_from_db()
    assert task.done_at is None
    for lead in others:
        state_basis(lead.pk, contact_id=lead.contact_id or 0, basis=Basis.ASKED_US, now=MONDAY)
    task.refresh_from_db()
    assert task.done_at == MONDAY


def test_the_task_ends_too_when_they_are_gone(lead: Lead) -> None:
    forget_unfounded(now=MONDAY + KEPT)

    assert Activity.objects.get().done_at is not None


def test_a_reason_that_was_a_slip_is_taken_back_and_nobody_lives_longer_by_it(lead: Lead) -> None:
    contact_id, later = lead.contact_id or 0, MONDAY + timedelta(days=5)
    since = state_basis(lead.pk, contact_id=contact_id, basis=Basis.ASKED_US, now=later)
    react()
    assert since == MONDAY

    assert take_back_basis(lead.pk, contact_id=contact_id, basis=Basis.ASKED_US, since=since, now=later)
    react()

    assert what_the_gate_says(contact_id, OLA, kind="personal") == (State.EXCLUDED, Refusal.NO_BASIS)
    assert [task.title[:5] for task in Activity.objects.filter(done_at=None)] == ["State"]
    assert not take_back_basis(lead.pk, contact_id=contact_id, basis=Basis.ASKED_US, since=since, now=later)
    forget_unfounded(now=MONDAY + KEPT)
    assert Contact.objects.get().erased_at is not None


def test_after_thirty_days_they_are_forgotten_and_not_a_day_earlier(lead: Lead) -> None:
    forget_unfounded(now=MONDAY + KEPT - timedelta(days=1))
    assert ContactPoint.objects.exists()

    forget_unfounded(now=MONDAY + KEPT)

    assert not ContactPoint.objects.exists()
    assert Contact.objects.get().erased_at is not None


def test_a_stranger_who_types_their_address_changes_nothing(lead: Lead, guide: Guide) -> None:
    ola = ask(guide, OLA)

    assert contacts.unfounded([ola.contact_id]) == {ola.contact_id}
    assert what_the_gate_says(ola.contact_id, OLA, kind="personal") == (State.EXCLUDED, Refusal.NO_BASIS)
    confirm(ola)
    assert contacts.unfounded([ola.contact_id]) == set()


def test_what_a_form_promised_reaches_the_address_that_it_named(lead: Lead, guide: Guide) -> None:
    ola = ask(guide, OLA)
    react()

    [message] = Message.objects.filter(kind=DELIVERY)
    gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=1, worker="one", now=MONDAY)
    gateway.settle_and_permit([], {message.pk: "Subject"}, worker="one", limits=Limits(), now=MONDAY)
    message.refresh_from_db()

    assert (message.contact_id, message.state, message.because) == (ola.contact_id, State.SENDING, "")


def test_whoever_comes_themselves_or_is_entered_by_one_of_us_stays(lead: Lead, guide: Guide, dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk, wants=frozenset())
    buy_leads(supplier_id, [offered("ula@example.com", words="", agreed_at=None)], name="", by=dora.pk, now=MONDAY)
    confirm(ask(guide, OLA))
    entered = {"name": "Ula", "email": "ula@example.com", "phone": "", "company": "", "where_met": "", "language": "en"}
    add_lead(**entered, channel=ChannelType.REFERRAL, basis=Basis.CUSTOMER, by=dora.pk, now=MONDAY)  # type: ignore[arg-type]

    forget_unfounded(now=MONDAY + 2 * KEPT)

    assert Contact.objects.filter(erased_at=None).count() == 2


def test_a_list_shows_them_alone(lead: Lead, guide: Guide) -> None:
    ask(guide, "ula@example.com")

    found = leads.lead_page(LeadFilter(unfounded=True), reader=THE_HOUSE, page=1)

    assert [line.lead_id for line in found.lines] == [lead.pk]
