"""K13: a mail that every reader understands, and that nobody can write headers into."""

import email
import uuid
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.infra.mail.message import BadHeaderValue, Mail, message_id_for, pack

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = uuid.UUID("12345678123456781234567812345678")


def mail(**changes: object) -> Mail:
    values: dict[str, object] = {
        "key": KEY,
        "from_name": "Zażółć, Sp. z o.o.",
        "from_address": "hello@warm.example",
        "to_address": "ann@home.example",
        "subject": "Twój poradnik: cieplej za mniej",
        "text": "Dzień dobry.\n.kropka na początku\n" + "x" * 3000,
        "html": "<p>Dzień dobry.</p>",
        "date": MONDAY,
    }
    return Mail(**{**values, **changes})  # type: ignore[arg-type]


def test_two_parsers_read_the_same_mail() -> None:
    data = pack(mail(reply_to="reply@warm.example")).data

    modern = BytesParser(policy=default).parsebytes(data)
    old = email.message_from_bytes(data, policy=compat32)

    assert not modern.defects
    assert modern["Subject"] == "Twój poradnik: cieplej za mniej"
    assert modern["From"].addresses[0] == Address("Zażółć, Sp. z o.o.", addr_spec="hello@warm.example")
    assert old["Message-ID"] == modern["Message-ID"] == f"<{KEY.hex}@warm.example>"
    assert old["Reply-To"] == "reply@warm.example"
    assert [part.get_content_type() for part in old.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    texts = [part.get_payload(decode=True).decode() for part in old.walk() if part.get_content_maintype() == "text"]
    assert texts[0].replace("\r\n", "\n") == mail().text + "\n"
    assert modern.get_body(("html",)).get_content().strip() == "<p>Dzień dobry.</p>"


def test_line_ends_are_crlf_and_no_line_is_too_long() -> None:
    data = pack(mail(text="a\rb\r\nc\nd\0e")).data

    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\0" not in data
    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 998


def test_a_machine_is_told_not_to_answer() -> None:
    assert BytesHeaderParser(policy=default).parsebytes(pack(mail()).data)["Auto-Submitted"] == "auto-generated"


def test_only_marketing_carries_the_one_click_headers() -> None:
    asked_for = BytesHeaderParser(policy=default).parsebytes(pack(mail()).data)
    marketing = BytesHeaderParser(policy=default).parsebytes(pack(mail(leave_url="https://warm.example/u/abc")).data)

    assert asked_for["List-Unsubscribe"] is None
    assert marketing["List-Unsubscribe"] == "<https://warm.example/u/abc>"
    assert marketing["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_long_leave_link_is_one_link_after_unfolding() -> None:
    link = "https://warm.example/u/" + "a" * 300

    headers = email.message_from_bytes(pack(mail(leave_url=link)).data, policy=compat32)

    assert "".join(headers["List-Unsubscribe"].split()) == f"<{link}>"


@pytest.mark.parametrize(
    "words",
    [
        "Raz w miesiącu: ciepły dom za mniej – otwórz tutaj",  # the line would end right behind the dash
        "Ciepło Polskie Spółka z ograniczoną odpowiedzialnością – oddział w Łodzi",
        "żółw  i  dwie  spacje " * 6 + "koniec",
        "🔥 " * 40 + "!",
        "é" * 300,
    ],
)
def test_words_that_take_several_lines_of_a_header_keep_every_space(words: str) -> None:
    data = pack(mail(subject=words, from_name=words)).data
    headers = email.message_from_bytes(data, policy=compat32)

    assert BytesHeaderParser(policy=default).parsebytes(data)["Subject"] == words
    assert str(make_header(decode_header(headers["Subject"]))) == words
    assert str(make_header(decode_header(headers["From"]))) == f"{words} <hello@warm.example>"
    assert max(len(line) for line in data.split(b"\r\n")) <= 78


def test_the_same_message_has_the_same_id_each_time_it_is_built() -> None:
    assert pack(mail()).message_id == pack(mail(subject="other")).message_id == message_id_for(KEY, from_address="x@warm.example")


BREAKS = ["\r\n", "\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize("name", ["from_name", "from_address", "to_address", "reply_to", "subject", "leave_url"])
def test_a_line_break_in_a_header_value_is_refused(name: str, line_break: str) -> None:
    evil = f"ann@home.example{line_break}Bcc: victim@home.example"

    with pytest.raises(BadHeaderValue):
        pack(mail(**{name: evil}))


@pytest.mark.parametrize("name", ["from_name", "subject"])
@pytest.mark.parametrize("line_break", BREAKS)
def test_a_line_break_at_the_end_is_refused_too(name: str, line_break: str) -> None:
    with pytest.raises(BadHeaderValue):
        pack(mail(**{name: f"words{line_break}"}))


@given(subject=st.text(max_size=300), name=st.text(max_size=100))
def test_whatever_a_header_holds_the_headers_stay_ours(subject: str, name: str) -> None:
    try:
        data = pack(mail(subject=subject, from_name=name)).data
    except BadHeaderValue:
        return

    headers = BytesHeaderParser(policy=default).parsebytes(data)

    assert {key.lower() for key in headers} == {
        "from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    }  # fmt: skip
    assert len(headers["To"].addresses) == 1
    assert headers["To"].addresses[0].addr_spec == "ann@home.example"


def test_an_address_with_other_letters_asks_for_smtputf8() -> None:
    parcel = pack(mail(to_address="żółw@home.example"))

    assert parcel.needs_smtputf8
    assert "\r\nTo: żółw@home.example\r\n" in parcel.data.decode()
