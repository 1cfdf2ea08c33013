"""Whoever was bought is told in time: by a task, a letter, or in somebody's own words (GDPR art. 14)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import Outcome
from leadstone.domains.brand.services import set_up_brand
from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery.events import MessageFailed, MessageHandedOver
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.models import Lead
from leadstone.domains.privacy import services as privacy
from leadstone.domains.suppliers.models import Notice, Purchase
from leadstone.domains.suppliers.queries.notices import notices_of_leads
from leadstone.domains.suppliers.rules import How
from leadstone.flows.leads_bought import buy_leads
from leadstone.flows.letters import Letters
from leadstone.flows.notices_due import letters_left, letters_lost, take_back, tell, write_to, write_what_is_due
from leadstone.infra.mail.message import Mail
from leadstone.wire.tokens import Signer
from tests.cast import MONDAY
from tests.suppliers.cast import offered, one_supplier, react
from tests.suppliers.test_rules import OLA as OFFERED

pytestmark = pytest.mark.django_db
OLA, OLA_SOURCE = "ola@example.com", OFFERED.source


@pytest.fixture
def lead(dora: User) -> Lead:
    """Ola, who was bought by Dora and is nobody's."""
    return lead_of(dora)


@pytest.fixture
def company(db: None) -> None:
    set_up_brand(company="Ciepło", language="pl", sender_email="b@cieplo.example", postal_address="Prosta 1", now=MONDAY)


def lead_of(dora: User, **terms: object) -> Lead:
    supplier_id = one_supplier(by=dora.pk, **terms)
    buy_leads(supplier_id, [offered(OLA)], name="march.csv", by=dora.pk, now=MONDAY)
    react()
    return Lead.objects.get()


def state() -> str:
    return Notice.objects.get().state


def test_whoever_bought_somebody_has_the_task_of_telling_them_in_time(lead: Lead, dora: User) -> None:
    task = Activity.objects.get()

    assert task.owner_id == dora.pk
    assert task.due_at is not None
    assert task.due_at.date() == MONDAY.date() + timedelta(days=14)
    assert "Compare Ltd." in task.title
    assert notices_of_leads([lead.pk])[lead.pk].activity_id == task.pk


def test_a_delivery_is_one_task_for_each_who_has_people_of_it_and_so_is_a_day_of_deliveries(dora: User, emil: User) -> None:
    supplier_id = one_supplier(by=dora.pk)
    for delivery in range(3):
        offers = [offered(f"lead{delivery}-{number}@example.com") for number in range(40)]
        buy_leads(supplier_id, offers, name="", by=dora.pk, now=MONDAY)
        for lead in Lead.objects.filter(owner=None)[:10]:
            leads.assign_owner(lead_id=lead.pk, owner_id=emil.pk)
        react()

    assert sorted(Activity.objects.values_list("owner_id", flat=True)) == sorted([dora.pk, emil.pk])
    assert Notice.objects.exclude(activity_id=None).count() == 120
    assert Notice.objects.values("due_on").distinct().count() == 1
    other = one_supplier(by=dora.pk, name="Other")
    buy_leads(other, [offered("other@example.com")], name="", by=dora.pk, now=MONDAY)
    react()
    assert Activity.objects.count() == 3


def test_the_task_is_done_when_nobody_of_it_is_left_and_open_again_with_the_first_who_is(dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk)
    buy_leads(supplier_id, [offered("ola@example.com"), offered("ula@example.com")], name="", by=dora.pk, now=MONDAY)
    react()
    first, second = Lead.objects.order_by("pk").values_list("pk", flat=True)

    tell([first], how=How.PHONE, by=dora.pk, now=MONDAY)
    assert Activity.objects.get().done_at is None
    tell([second], how=How.PHONE, by=dora.pk, now=MONDAY + timedelta(hours=1))
    assert Activity.objects.get().done_at is not None
    take_back([first], told_at=MONDAY, now=MONDAY + timedelta(hours=2))
    react()
    assert Activity.objects.get().done_at is None
    assert {notice.lead_id: notice.state for notice in Notice.objects.all()} == {first: "due", second: "told"}


def test_whoever_comes_after_the_task_was_done_is_a_task_again(dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk)
    buy_leads(supplier_id, [offered("ola@example.com")], name="", by=dora.pk, now=MONDAY)
    react()
    activities.finish(activity_id=Activity.objects.get().pk, outcome=Outcome.DONE, now=MONDAY)
    react()
    buy_leads(supplier_id, [offered("ula@example.com")], name="", by=dora.pk, now=MONDAY)
    react()

    assert Activity.objects.filter(done_at=None).count() == 1
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["due", "told"]


def test_a_delivery_of_a_program_is_the_task_of_whoever_began_to_buy_and_never_of_nobody(dora: User, emil: User) -> None:
    supplier_id = one_supplier(by=dora.pk)
    buy_leads(supplier_id, [offered("ola@example.com")], name="", by=None, now=MONDAY)
    react()
    assert Activity.objects.get().owner_id == dora.pk

    User.objects.filter(pk=dora.pk).update(is_active=False)
    fred = User.objects.create(email="fred@leadstone.example", name="Fred", role=Role.MARKETER.value, password="!")
    buy_leads(supplier_id, [offered("ula@example.com")], name="", by=None, now=MONDAY)
    react()
    assert Activity.objects.latest("pk").owner_id == fred.pk


def test_letters_to_a_whole_delivery_are_written_in_a_fixed_number_of_queries(
    dora: User, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    supplier_id = one_supplier(by=dora.pk)
    buy_leads(supplier_id, [offered(f"lead{number}@example.com") for number in range(60)], name="", by=dora.pk, now=MONDAY)
    lead_ids = list(Lead.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(20):
        written = write_to(lead_ids, now=MONDAY)

    assert written == set(lead_ids)
    assert Message.objects.count() == 60


def test_doing_the_task_is_telling_and_opening_it_again_takes_it_back(lead: Lead) -> None:
    task = Activity.objects.get()

    activities.finish(activity_id=task.pk, outcome=Outcome.DONE, now=MONDAY)
    react()
    assert state() == "told"
    activities.reopen(activity_id=task.pk, now=MONDAY)
    react()
    assert state() == "due"


def test_telling_on_the_phone_does_the_task_and_its_undo_opens_it(lead: Lead, dora: User) -> None:
    assert tell([lead.pk], how=How.PHONE, by=dora.pk, now=MONDAY)
    react()

    assert not tell([lead.pk], how=How.PERSON, by=dora.pk, now=MONDAY)
    assert Activity.objects.get().done_at == MONDAY
    assert take_back([lead.pk], told_at=MONDAY, now=MONDAY)
    react()
    assert (state(), Activity.objects.get().done_at) == ("due", None)


def composed(language: str = "en") -> list[Mail]:
    """What would leave now, in a language."""
    Message.objects.update(language=language)
    letters = Letters(public_url="https://x.example", token_seed=Signer.new_seed())
    return list(letters.compose(list(Message.objects.values_list("pk", flat=True)), now=MONDAY).values())


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("your e-mail address", "erased", "object", "take it with you", "uodo.gov.pl")),
        ("pl", ("adres e-mail", "usunąć", "sprzeciw", "przenieść", "uodo.gov.pl")),
    ],
)
def test_the_letter_says_all_that_the_law_wants(lead: Lead, company: None, language: str, told: tuple[str, ...]) -> None:
    write_to([lead.pk], now=MONDAY)

    (mail,) = composed(language)

    assert mail.to_address == OLA
    bought = Purchase.objects.get()
    for needed in ("Ciepło", "Prosta 1", OLA_SOURCE, bought.words, "/u/", *told):
        assert needed in " ".join(mail.text.split()), needed


def test_the_letter_is_written_once_and_tells_them_when_it_left(lead: Lead) -> None:
    assert write_to([lead.pk], now=MONDAY)
    assert not write_to([lead.pk], now=MONDAY)
    assert state() == "due"

    letters_left([MessageHandedOver(message_id=Message.objects.get().pk)], now=MONDAY)

    assert (state(), Notice.objects.get().how) == ("told", "mail")
    assert Activity.objects.get().done_at is not None


def test_a_letter_that_did_not_leave_is_to_be_made_good_another_way(dora: User) -> None:
    lead = lead_of(dora, tells_itself=True)
    write_to([lead.pk], now=MONDAY)

    letters_lost([MessageFailed(message_id=Message.objects.get().pk, because="refused")], now=MONDAY)

    assert state() == "due"
    assert Activity.objects.get().owner_id == dora.pk
    assert not notices_of_leads([lead.pk])[lead.pk].on_its_way


def test_a_letter_leaves_by_itself_on_the_day_and_once(dora: User) -> None:
    lead_of(dora, tells_itself=True)

    assert not Activity.objects.exists()
    assert not write_what_is_due(now=MONDAY + timedelta(days=13))
    assert write_what_is_due(now=MONDAY + timedelta(days=14))
    assert not write_what_is_due(now=MONDAY + timedelta(days=14))
    assert Message.objects.count() == 1


def test_nobody_who_was_told_otherwise_meanwhile_gets_the_letter_too(lead: Lead, dora: User, company: None) -> None:
    write_to([lead.pk], now=MONDAY)
    tell([lead.pk], how=How.PHONE, by=dora.pk, now=MONDAY)

    assert composed() == []


def test_of_whom_nothing_is_kept_nobody_has_to_tell(lead: Lead) -> None:
    privacy.erase_contact(lead.contact_id or 0, now=MONDAY)

    assert state() == "not_needed"


def test_without_a_basis_no_letter_leaves_even_where_letters_leave_by_themselves(dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk, tells_itself=True, wants=frozenset())
    buy_leads(supplier_id, [offered(OLA, words="", agreed_at=None)], name="", by=dora.pk, now=MONDAY)
    react()

    assert Contact.objects.get().unfounded_since is not None
    assert not write_to([Lead.objects.get().pk], now=MONDAY)
    assert not write_what_is_due(now=MONDAY + timedelta(days=20))
    assert not Message.objects.exists()
