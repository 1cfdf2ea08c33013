"""Suppliers at the door of the studio: terms, deliveries that are looked at before they are bought, and what is given back."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities.models import Activity
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads.models import Lead
from leadstone.domains.suppliers.models import Batch, Notice, Purchase, Supplier
from leadstone.kernel.phone import read_phone
from tests.campaigns.cast import campaign
from tests.studio.conftest import Browser
from tests.suppliers.cast import bought, offered, one_supplier, react
from tests.workbooks import sheet, workbook

TERMS = {
    "name": "Porownaj sp. z o.o.",
    "email": "handel@porownaj.example",
    "campaign": "new",
    "price": "45,50",
    "currency": "PLN",
    "source": "porównanie kotłów na porownaj.example",
    "wants": ["words", "phone"],
    "oldest_days": "90",
    "a_day": "",
    "return_days": "30",
    "notice_days": "14",
    "note": "",
}
AGREED = (timezone.now() - timedelta(days=3)).strftime("%d.%m.%Y %H:%M")
FILE = (
    "Lead ID;Imię i nazwisko;E-mail;Telefon;Treść zgody;Data zgody\r\n"
    f"L-1;Łucja Żak;lucja@zak.example;601 234 567;Zgadzam się na kontakt;{AGREED}\r\n"
    f"L-2;Bez zgody;bez@zgody.example;602 234 567;;{AGREED}\r\n"
    f"L-3;Jan Ćwik;jan@cwik.example;603 234 567;Zgadzam się na kontakt;{AGREED}\r\n"
)


@pytest.fixture
def supplier_id(admin: Client) -> int:
    return one_supplier(by=User.objects.get().pk)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def carried(page: str) -> str:
    """The list that the page of the look carries to the second press."""
    found = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', page, re.S)
    assert found
    return found[1]


def undo_in(page: str) -> str:
    found = re.search(r'action="(/suppliers/[^"]*(?:keep|take-back|begin-again|end)[^"]*)"[^>]*data-undo', page) or re.search(
        r'(/suppliers/[^"]*(?:/keep/\d+|/take-back))"', page
    )
    assert found
    return found[1]


def test_a_supplier_is_begun_with_a_campaign_of_the_same_name_and_changed(admin: Client) -> None:
    answer = admin.post("/suppliers/new", TERMS)

    row = Supplier.objects.get()
    assert answer["Location"] == f"/suppliers/{row.pk}"
    assert (row.price_minor, row.currency, row.wants, row.oldest_days) == (4_550, "PLN", ["phone", "words"], 90)
    assert (row.campaign.name, row.campaign.channel) == ("Porownaj sp. z o.o.", "third_party")
    page = text(admin, f"/suppliers/{row.pk}/change")
    assert 'value="45.50"' in page
    admin.post(f"/suppliers/{row.pk}/change", TERMS | {"campaign": str(row.campaign_id), "price": "50", "notice_days": "7"})
    row.refresh_from_db()
    assert (row.price_minor, row.notice_days, Campaign.objects.count()) == (5_000, 7, 1)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "required"),
        ({"email": "nobody"}, "email", "not an e-mail"),
        ({"price": "a lot"}, "price", "not an amount"),
        ({"notice_days": "32"}, "notice_days", "31"),
        ({"source": ""}, "source", "required"),
        ({"wants": ["shoes"]}, "wants", "valid choice"),
        ({"campaign": "999"}, "campaign", "valid choice"),
        ({"name": "Taken"}, "campaign", "of this name already"),
    ],
)
def test_what_cannot_be_agreed_is_said_in_words_at_its_field(
    admin: Client, changes: dict[str, object], field: str, words: str
) -> None:
    campaign("taken")

    answer = admin.post("/suppliers/new", TERMS | changes)

    assert answer.status_code == 422
    error = re.search(rf'id="id_{field}_error">([^<]*)<', answer.content.decode())
    assert error is not None, field
    assert words in error[1]
    assert not Supplier.objects.exists()


def test_another_currency_is_another_supplier_once_something_was_bought(admin: Client, supplier_id: int) -> None:
    bought(supplier_id, [offered("ola@example.com")])
    terms = TERMS | {"campaign": str(Supplier.objects.get().campaign_id), "currency": "EUR"}

    answer = admin.post(f"/suppliers/{supplier_id}/change", terms)

    assert answer.status_code == 422
    assert "old currency" in answer.content.decode()
    assert Supplier.objects.get().currency == "PLN"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_a_file_is_looked_at_first_and_bought_by_a_second_press(admin: Client, supplier_id: int, encoding: str) -> None:
    file = SimpleUploadedFile("march.csv", FILE.encode(encoding))

    look = admin.post(f"/suppliers/{supplier_id}/deliver", {"file": file})

    page = look.content.decode()
    assert look.status_code == 200
    assert "Łucja Żak" in page
    assert "The words that they agreed to are missing" in page
    assert "Buy 2 leads" in page
    assert "PLN" in page
    assert not Lead.objects.exists()
    held = {f"column-{place}": what for place, what in enumerate(("reference", "name", "email", "phone", "words", "agreed_at"))}
    done = admin.post(f"/suppliers/{supplier_id}/deliver", {"text": carried(page), "name": "march.csv", "act": "buy", **held})
    batch = Batch.objects.get()
    assert done["Location"] == f"/suppliers/{supplier_id}?batch={batch.pk}#purchases"
    assert batch.name == "march.csv"
    assert [(row.reference, row.state) for row in Purchase.objects.order_by("row")] == [
        ("L-1", "accepted"),
        ("L-2", "refused"),
        ("L-3", "accepted"),
    ]
    card = text(admin, f"/suppliers/{supplier_id}")
    assert "Łucja Żak" in card
    assert "bez@zgody" not in card


def test_the_same_list_again_says_so_and_buys_nothing(admin: Client, supplier_id: int) -> None:
    for _press in range(2):
        answer = admin.post(f"/suppliers/{supplier_id}/deliver", {"text": FILE, "act": "buy"}, follow=True)

    assert "came before" in answer.content.decode()
    assert (Batch.objects.count(), Lead.objects.count()) == (1, 2)


def test_columns_are_as_somebody_says_and_words_may_be_the_same_for_all(admin: Client, supplier_id: int) -> None:
    pasted = f"red\tola@example.com\t{AGREED}\n"
    held = {"column-0": "", "column-1": "email", "column-2": "agreed_at", "words": "I agree to be called"}

    look = admin.post(f"/suppliers/{supplier_id}/deliver", {"text": pasted, "act": "look", **held})
    admin.post(f"/suppliers/{supplier_id}/deliver", {"text": pasted, "act": "buy", **held})

    assert "Buy 1 lead<" in look.content.decode()
    assert Purchase.objects.get().words == "I agree to be called"


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"text": ""}, "nobody in it"),
        ({"text": "email\n"}, "nobody in it"),
        ({"text": "a;b\n" * 5_002}, "More than 5,000 rows"),
        ({"text": "email;words\n" + f"o@example.com;{'x' * 390}\n" * 4_000}, "larger than 1.5 MB"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(
    admin: Client, supplier_id: int, posted: dict[str, str], words: str
) -> None:
    answer = admin.post(f"/suppliers/{supplier_id}/deliver", posted)

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0 and more", "save it as XLSX or CSV"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "asks for a password"),
        (b"PK\x03\x04 and more", "damaged"),
        (workbook({"one": sheet([["a"]]), "two": sheet([["b"]])}, more={"xl/styles.xml": b"<!DOCTYPE a><a/>"}), "too large"),
        (workbook({"nobody": sheet([])}), "nobody in it"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(admin: Client, supplier_id: int, data: bytes, words: str) -> None:
    answer = admin.post(f"/suppliers/{supplier_id}/deliver", {"file": SimpleUploadedFile("march.xlsx", data)})

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_workbook_is_looked_at_and_bought_like_any_list_and_its_sheet_is_chosen(admin: Client, supplier_id: int) -> None:
    head = ["ID", "E-mail", "Telefon", "Treść zgody", "Data zgody"]
    agreed = timezone.now() - timedelta(days=3)
    march = sheet([head, ["M-1", "ola@example.com", 48_601_234_567, "Zgadzam się", agreed]])
    april = sheet([head, ["A-1", "ula@example.com", 602_234_567, "Zgadzam się", agreed]])
    data = workbook({"Read me": sheet([["Leads of spring"]]), "March": march, "April": april})

    look = admin.post(f"/suppliers/{supplier_id}/deliver", {"file": SimpleUploadedFile("spring.xlsx", data)}).content.decode()
    assert "ola@example.com" in look
    assert "48601234567" in look
    assert re.search(r'<option value="1" selected>March<', look)
    assert carried(look).startswith("&quot;ID&quot;") or "Leads of spring" in carried(look)
    texts = [unescape(each) for each in re.findall(r'<textarea name="text" hidden>\n(.*?)</textarea>', look, re.S)]
    travels = {"text": texts, "sheet-name": ["Read me", "March", "April"], "sheet-shown": "1", "name": "spring.xlsx"}
    columns = {f"column-{place}": "" for place in range(5)}

    other = admin.post(f"/suppliers/{supplier_id}/deliver", {**travels, **columns, "sheet": "2", "act": "buy"}).content.decode()
    assert "ula@example.com" in other
    assert "Buy 1 lead<" in other
    assert not Purchase.objects.exists()
    admin.post(f"/suppliers/{supplier_id}/deliver", {**travels, "sheet": "2", "sheet-shown": "2", "act": "buy"})
    row = Purchase.objects.get()
    assert (row.reference, row.state, row.batch.name) == ("A-1", "accepted", "spring.xlsx")
    assert row.agreed_at is not None
    assert ContactPoint.objects.get(kind="phone").key == "+48602234567"


def test_a_lead_is_given_back_credited_and_both_are_undone(admin: Client, supplier_id: int) -> None:
    bought(supplier_id, [offered("ola@example.com")])
    Purchase.objects.update(at=timezone.now())
    row = Purchase.objects.get()

    given = admin.post(f"/suppliers/purchases/{row.pk}/give-back", {"because": "wrong_number", "note": ""}, follow=True)
    row.refresh_from_db()
    assert (row.state, row.returned) == ("owed", "wrong_number")
    keep = undo_in(given.content.decode())
    credited = admin.post(f"/suppliers/{supplier_id}/credited", follow=True)
    row.refresh_from_db()
    assert row.state == "credited"
    assert "nothing was changed" in admin.post(keep, follow=True).content.decode()
    admin.post(undo_in(credited.content.decode()))
    row.refresh_from_db()
    assert row.state == "owed"
    admin.post(keep)
    row.refresh_from_db()
    assert (row.state, row.returned) == ("accepted", "")


@pytest.mark.parametrize(
    ("because", "days", "words"), [("other", 0, "Say in the note"), ("not_me", 31, "is over"), ("boredom", 0, "valid choice")]
)
def test_what_cannot_be_given_back_says_why_in_its_row(
    admin: Client, supplier_id: int, because: str, days: int, words: str
) -> None:
    bought(supplier_id, [offered("ola@example.com")])
    Purchase.objects.update(at=timezone.now() - timedelta(days=days))
    row = Purchase.objects.get()

    answer = admin.post(f"/suppliers/purchases/{row.pk}/give-back", {"because": because, "note": ""})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "accepted"


def test_the_suppliers_file_says_what_became_of_each_and_nothing_of_a_person(admin: Client, supplier_id: int) -> None:
    lead = offered("ola@example.com")
    bought(supplier_id, [lead, offered("ula@example.com", reference="ula@example.com")])
    bought(supplier_id, [offered("ola@example.com", reference="again")])

    told = b"".join(admin.get(f"/suppliers/{supplier_id}/purchases.csv")).decode()

    assert "We know them already" in told
    assert "Bought before" not in told
    assert "no-ola" in told
    for personal in ("@", lead.name, lead.words):
        assert personal not in told
    refused = b"".join(admin.get(f"/suppliers/{supplier_id}/purchases.csv?state=refused")).decode()
    assert refused.count("\r\n") == 2


def test_the_list_filters_sorts_and_says_what_a_lead_cost(admin: Client, supplier_id: int) -> None:
    other = one_supplier(by=User.objects.get().pk, name="Adresy")
    bought(supplier_id, [offered("ola@example.com")])
    admin.post(f"/suppliers/{other}/end")

    assert "Adresy" not in text(admin, "/suppliers/?standing=running")
    assert "Compare Ltd." not in text(admin, "/suppliers/?standing=ended")
    assert "Compare Ltd." in text(admin, "/suppliers/?q=compare")
    page = text(admin, "/suppliers/?order=bought")
    assert page.index("Compare Ltd.") < page.index(">Adresy<")
    told = b"".join(admin.get("/suppliers/export.csv")).decode()
    assert "Compare Ltd.,45.00,PLN,1,1,0,0,0.00,45.00,0,0," in told
    admin.post(f"/suppliers/{other}/begin-again")
    assert Supplier.objects.get(pk=other).ended_at is None


def test_who_runs_no_campaigns_sees_no_suppliers(browser_of: Browser, supplier_id: int) -> None:
    rep = browser_of(Role.REP)

    assert rep.get("/suppliers/").status_code == 403
    assert rep.post(f"/suppliers/{supplier_id}/deliver", {"text": FILE, "act": "buy"}).status_code == 403
    assert not Lead.objects.exists()


@pytest.mark.parametrize("query", ["?batch=x", "?batch=99999999999999999999", "?state=gone", "?page=-1", "?batch=٣"])
def test_what_an_address_says_wrongly_is_left_out(admin: Client, supplier_id: int, query: str) -> None:
    bought(supplier_id, [offered("ola@example.com")])

    assert "Compare Ltd." in text(admin, f"/suppliers/{supplier_id}{query}")


def test_an_undo_of_a_time_that_no_calendar_holds_is_nowhere(admin: Client, supplier_id: int) -> None:
    assert admin.post(f"/suppliers/{supplier_id}/credited/{2**63 - 1}/take-back").status_code == 404


def test_the_card_of_a_lead_says_who_sold_it_and_what_is_to_be_told(admin: Client, supplier_id: int) -> None:
    bought(supplier_id, [offered("ola@example.com")])
    lead = Lead.objects.get()

    page = text(admin, f"/leads/{lead.pk}")
    assert "Compare Ltd." in page
    assert Purchase.objects.get().words in page
    assert "Overdue" in page or "To be told" in page
    told = admin.post(f"/suppliers/people/{lead.pk}/tell", {"how": "phone"}, follow=True).content.decode()
    assert "Knows that we have their data" in told
    undo = re.search(rf"/suppliers/people/{lead.pk}/untell/\d+", told)
    assert undo
    admin.post(undo[0])
    assert Notice.objects.get().state == "due"


def test_the_letter_is_sent_from_the_card_once(admin: Client, supplier_id: int) -> None:
    bought(supplier_id, [offered("ola@example.com")])
    lead = Lead.objects.get()

    first = admin.post(f"/suppliers/people/{lead.pk}/write", follow=True).content.decode()
    second = admin.post(f"/suppliers/people/{lead.pk}/write", follow=True).content.decode()

    assert "They count as told once it has left" in first
    assert "No letter was written" in second
    assert Message.objects.get().kind == "data_notice"


def test_somebody_without_a_basis_is_in_quarantine_until_one_of_us_states_it_by_name(admin: Client) -> None:
    user = User.objects.get()
    bought(one_supplier(by=user.pk, wants=frozenset()), [offered("ola@example.com", words="", agreed_at=None)])
    lead = Lead.objects.get()

    page = text(admin, f"/leads/{lead.pk}")
    assert "nobody may write or call" in page
    assert "tel:" not in page
    assert "Send the letter" not in page
    for nothing in ("", "agreed_elsewhere", "magic"):
        admin.post(f"/suppliers/people/{lead.pk}/basis", {"basis": nothing})
        assert Contact.objects.get().unfounded_since is not None
    admin.post(f"/suppliers/people/{lead.pk}/basis", {"basis": "asked_us"})
    lead.refresh_from_db()
    assert (lead.basis, Contact.objects.get().unfounded_since) == ("asked_us", None)
    noted = AuditLine.objects.get(action="basis_stated")
    assert (noted.actor_id, noted.subject_id, noted.facts) == (user.pk, lead.pk, {"basis": "asked_us"})
    assert "nobody may write or call" not in text(admin, f"/leads/{lead.pk}")


def test_a_basis_that_was_a_slip_is_undone_and_nobody_can_make_up_since_when(admin: Client) -> None:
    bought(one_supplier(by=User.objects.get().pk, wants=frozenset()), [offered("ola@example.com", words="", agreed_at=None)])
    lead, since = Lead.objects.get(), Contact.objects.get().unfounded_since

    stated = admin.post(f"/suppliers/people/{lead.pk}/basis", {"basis": "asked_us"}, follow=True).content.decode()
    undo = re.search(rf"/suppliers/people/{lead.pk}/basis/[^/]+/take-back", stated)
    assert undo
    assert admin.post(undo[0][:-14] + "x/take-back").status_code == 404
    admin.post(undo[0])

    lead.refresh_from_db()
    assert (lead.basis, Contact.objects.get().unfounded_since) == ("", since)
    assert AuditLine.objects.filter(action="basis_taken_back", subject_id=lead.pk).count() == 1
    assert "nothing was changed" in admin.post(undo[0], follow=True).content.decode()


def test_everybody_of_a_list_is_told_by_letter_or_another_way_and_each_has_a_day(admin: Client, supplier_id: int) -> None:
    user = User.objects.get()
    other = one_supplier(by=user.pk, name="Adresy", notice_days=3)
    no_mail = offered("", address=None, phone="601 234 567", number=read_phone("601 234 567"), name="Bez Maila")
    bought(supplier_id, [offered("ola@example.com", name="Ola"), no_mail])
    bought(other, [offered("ula@example.com", name="Ula")])

    page = text(admin, "/suppliers/people")
    assert page.index("Ula") < page.index("Ola")
    assert "Send the letter to 2 people" in page
    assert "No letter may go there" in page
    assert "Ula" not in text(admin, f"/suppliers/people?supplier={supplier_id}")
    admin.post(f"/suppliers/people/write?supplier={supplier_id}")
    assert [message.kind for message in Message.objects.all()] == ["data_notice"]
    assert "Send the letter to 1 person<" in text(admin, "/suppliers/people")
    told = admin.post("/suppliers/people/tell", {"how": "phone"}, follow=True).content.decode()
    assert set(Notice.objects.values_list("state", "how")) == {("told", "phone")}
    assert "Everybody knows" in told
    undo = re.search(r"/suppliers/people/untell/\d+", told)
    assert undo
    admin.post(undo[0])
    assert set(Notice.objects.values_list("state", flat=True)) == {"due"}
    admin.post("/suppliers/people/tell", {"how": "by pigeon"})
    assert set(Notice.objects.values_list("state", flat=True)) == {"due"}
    rows = b"".join(admin.get("/suppliers/people.csv")).decode()
    assert rows.count("\r\n") == 4
    assert "example.com" not in rows


def test_a_rep_tells_only_people_in_reach(browser_of: Browser, admin: Client, supplier_id: int) -> None:
    rep = browser_of(Role.REP)
    bought(supplier_id, [offered("ola@example.com"), offered("ula@example.com")])
    Lead.objects.filter(pk=Lead.objects.earliest("pk").pk).update(owner=User.objects.get(role=Role.ADMIN.value))

    assert "1 person<" in text(rep, "/suppliers/people")
    rep.post("/suppliers/people/tell", {"how": "person"})
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["due", "told"]


def test_the_task_of_a_delivery_opens_the_list_of_its_people(admin: Client, supplier_id: int) -> None:
    bought(supplier_id, [offered("ola@example.com"), offered("ula@example.com")])
    react()
    task = Activity.objects.get()

    page = text(admin, f"/activities/{task.pk}")
    there = re.search(r'href="(/suppliers/people\?[^"]+)"', page)
    assert there
    assert "2 people<" in text(admin, unescape(there[1]))


@pytest.mark.parametrize("query", ["?standing=x", "?supplier=x", "?supplier=99999999999999999999", "?day=soon", "?page=0"])
def test_what_an_address_of_the_list_says_wrongly_is_left_out(admin: Client, supplier_id: int, query: str) -> None:
    bought(supplier_id, [offered("ola@example.com")])

    assert "1 person<" in text(admin, f"/suppliers/people{query}")
