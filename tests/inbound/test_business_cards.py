"""A card that somebody passed on fills in the form; a broken one says so, and many are chosen from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.access.models import User
from leadstone.domains.contacts.models import Contact
from leadstone.domains.inbound.rules.cards import MOST_CARD_BYTES, read_cards, text_of
from leadstone.domains.leads.models import Lead
from tests.inbound.conftest import HOST
from tests.studio.conftest import company

__all__ = ["company"]

FOUR = "\r\n".join(
    (
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Łucja Lis",
        "EMAIL;TYPE=home:l@home.example",
        "EMAIL;PREF=1:lucja@lis.example",
        "TEL;VALUE=uri:tel:+48-601-234-567;ext=5",
        "ORG:Lis Sp. z o.o.;Biuro",
        "PHOTO:data:image/png;base64,AAAA",
        " BBBB",
        "END:VCARD\r\n",
    )
)
THREE = "\n".join(
    (
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Nowak;Jan;;;",
        "item1.EMAIL;type=INTERNET:jan@nowak.example",
        "TEL;TYPE=CELL:601 111",
        "  222",
        "END:VCARD\n",
    )
)


def text(response: object) -> str:
    return str(getattr(response, "content", b"").decode())


def test_both_versions_are_read_with_what_their_owner_prefers() -> None:
    four, three = read_cards(FOUR + "rubbish between\n" + THREE)

    assert four.values == {
        "name": "Łucja Lis", "company": "Lis Sp. z o.o.", "email": "lucja@lis.example", "phone": "+48-601-234-567",
    }  # fmt: skip
    assert "AAAA" not in four.text
    assert "BBBB" not in four.text
    assert (three.name, three.email, three.phone) == ("Jan Nowak", "jan@nowak.example", "601 111 222")
    assert read_cards(four.text) == [four]


def test_a_file_of_an_old_program_keeps_its_polish_letters() -> None:
    assert read_cards(text_of(FOUR.encode("cp1250")))[0].name == "Łucja Lis"
    assert read_cards(text_of(b"\xef\xbb\xbf" + FOUR.encode()))[0].name == "Łucja Lis"


def test_a_broken_card_spoils_no_other() -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nEMAIL;ENCODING=QUOTED-PRINTABLE;CHARSET=nonsense:=ZZ\nN:;;;;\nEND:VCARD\n"

    assert [card.name for card in read_cards(broken + FOUR)] == ["Łucja Lis"]
    assert read_cards("BEGIN:VCARD\nEND:VCARD\n") == []


_LINES = st.lists(
    st.sampled_from(["FN", "N", "TEL", "EMAIL;TYPE=pref", "ORG", "X;A=b", " ", "BEGIN", "ADR;ENCODING=b"]), max_size=6
)


@pytest.mark.parametrize("made_to_hurt", ["BEGIN:VCARD\n" * 21_000, "BEGIN:VCARD\n" + "\n" * 250_000], ids=["begun", "empty"])
def test_a_file_that_only_begins_cards_is_gone_through_once(made_to_hurt: str) -> None:
    assert read_cards(made_to_hurt) == []
    [card] = read_cards(made_to_hurt[: MOST_CARD_BYTES // 2] + "\n" + THREE)
    assert card.name == "Jan Nowak"


def test_what_is_not_understood_of_a_card_is_not_written_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    [card] = read_cards(THREE.replace("TEL;", "zosia@secret.example +48 601 999 888\nTEL;"))

    assert card.name == "Jan Nowak"
    assert "secret" not in caplog.text


@given(names=_LINES, value=st.text(max_size=60))
def test_nothing_that_stands_in_a_card_breaks_the_reader(names: list[str], value: str) -> None:
    inside = "\n".join(f"{name}:{value}" for name in names)

    for card in read_cards(f"BEGIN:VCARD\nVERSION:3.0\n{inside}\nEND:VCARD\n"):
        assert all("\n" not in each and len(each) <= 200 for each in card.values.values())


@pytest.mark.django_db
def test_one_card_fills_in_the_form_and_nothing_is_kept_before_it_is_sent(company: None, emil: User) -> None:
    client = Client(headers=HOST)
    client.force_login(emil)
    page = text(client.post("/leads/card", {"file": SimpleUploadedFile("l.vcf", FOUR.encode())}))

    assert 'value="lucja@lis.example"' in page
    assert 'action="/leads/new"' in page
    assert not Contact.objects.exists()

    typed = {"name": "Łucja Lis", "email": "lucja@lis.example", "channel": "trade_fair", "basis": "gave_card"}
    client.post("/leads/new", typed)
    assert Lead.objects.count() == 1


@pytest.mark.django_db
def test_of_many_cards_one_is_chosen(company: None, emil: User) -> None:
    client = Client(headers=HOST)
    client.force_login(emil)
    page = text(client.post("/leads/card", {"text": FOUR + THREE}))
    assert page.count('name="text"') == 2

    chosen = text(client.post("/leads/card", {"text": read_cards(FOUR + THREE)[1].text}))
    assert 'value="jan@nowak.example"' in chosen


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"text": "hello"}, {"file": SimpleUploadedFile("a.vcf", b"\x00\xff")}])
def test_what_is_no_card_is_told_beside_its_field(company: None, emil: User, sent: dict[str, object]) -> None:
    client = Client(headers=HOST)
    client.force_login(emil)
    answer = client.post("/leads/card", sent)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text(answer)


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_not_read(company: None, emil: User) -> None:
    client = Client(headers=HOST)
    client.force_login(emil)
    large = SimpleUploadedFile("a.vcf", FOUR.encode() + b"\n" * MOST_CARD_BYTES)

    assert "256 KB" in text(client.post("/leads/card", {"file": large}))
