"""What strangers send is read by its headers and in its own words, whatever their mail program made of it."""

import tracemalloc
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadstone.domains.inbound.rules import LONGEST_LETTER, Unreadable
from leadstone.domains.inbound.rules.letters import (
    MOST_BOUNDARIES,
    MOST_LETTER_BYTES,
    MOST_LINES,
    Written,
    is_automatic,
    letter_id,
    read_head,
    read_letter,
    recipients,
)
from leadstone.domains.inbound.rules.mail_doors import read_letterbox

ANN = "From: Ann Lis <ann@test.example>\r\n"


def written(text: str) -> Written:
    return read_letter(text.encode())


def test_a_plain_letter_is_a_person_and_their_words() -> None:
    read = written(ANN + "Subject: Roof\r\nMessage-ID: <1@test.example>\r\n\r\nWhen can you come?\r\n\r\n-- \r\nAnn\r\n")

    assert read.fields == {
        "email": "ann@test.example",
        "name": "Ann Lis",
        "question": "Roof\n\nWhen can you come?\n\n--\nAnn",
    }


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("=?ISO-8859-2?Q?Micha=B3_=A3uk?=", "Michał Łuk"),
        ("=?utf-8?B?xYHDs2TFug==?=", "Łódź"),
        ("=?utf-8?Q?Za=C5?= =?utf-8?Q?=BC=C3=B3=C5=82=C4=87?=", "Zażółć"),
        ("=?windows-1250?Q?Ma=B3gorzata?= Lis", "Małgorzata Lis"),
        ('"Lis, Ann"', "Lis, Ann"),
        ("=?utf-8?Q?Lis=2C_Ann_=3Ceve=40evil.example=3E?=", "Lis, Ann <eve@evil.example>"),
        ("=?no-such-set?Q?Ann?=", "Ann"),
        ("=?utf-8?B?!!!!?=", ""),
        ("Żaneta", "Żaneta"),
    ],
)
def test_names_are_read_in_whatever_they_were_written(name: str, meant: str) -> None:
    read = written(f"From: {name} <ann@test.example>\r\n\r\nHi")

    assert read.sender is not None
    assert read.sender.value == "ann@test.example"
    assert read.name == ("" if "@" in meant else meant)


def test_a_header_that_is_no_ascii_and_no_utf_8_is_read_as_old_programs_in_poland_write() -> None:
    assert read_letter(b"From: Micha\xb3 <m@test.example>\r\nSubject: Pro\x9cba\r\n\r\n").name == "Michał"


def test_a_text_is_read_in_its_own_character_set() -> None:
    told = ANN.encode() + b'Content-Type: text/plain; charset="iso-8859-2"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    assert read_letter(told + "Zażółć gęślą jaźń".encode("iso-8859-2")).text == "Zażółć gęślą jaźń"
    quoted = ANN + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C5=BCaba=\r\n!"
    assert written(quoted).text == "żaba!"
    punycode = ANN + "Content-Type: text/plain; charset=punycode\r\n\r\n" + "a" * 100_000
    assert written(punycode).text.startswith("aaa")


def test_an_answer_goes_where_it_is_wanted_and_takes_no_name_from_another_address() -> None:
    form = "From: Website form <noreply@firma.example>\r\nReply-To: jan@test.example\r\nSubject: Form\r\n\r\n"
    read = written(form)
    assert read.sender is not None
    assert (read.sender.value, read.name) == ("jan@test.example", "")

    same = written("From: Jan Lis <jan@test.example>\r\nReply-To: <JAN@test.example>\r\n\r\n")
    assert same.name == "Jan Lis"


def test_of_two_mailboxes_the_first_counts_and_two_from_headers_are_no_letter() -> None:
    read = written("From: Ann <ann@test.example>, Bob <bob@test.example>\r\n\r\nHi")
    assert read.sender is not None
    assert (read.sender.value, read.name) == ("ann@test.example", "Ann")
    with pytest.raises(Unreadable):
        written(ANN + "From: Bob <bob@test.example>\r\n\r\nHi")


@pytest.mark.parametrize("sender", ["", "From: nobody\r\n", "From: <>\r\n", "From: ann@\r\n", "From: " + "(" * 5000 + "\r\n"])
def test_without_a_sender_there_is_nobody_and_the_words_stand(sender: str) -> None:
    read = written(sender + "Subject: Hi\r\n\r\nText")

    assert read.sender is None
    assert read.fields["question"] == "Hi\n\nText"


def test_a_header_cannot_smuggle_in_another() -> None:
    sneaky = "=?utf-8?Q?Ann=0D=0ABcc:_all=40test.example=00=E2=80=AE?="
    read = written(f"From: {sneaky} <ann@test.example>\r\nSubject: =?utf-8?Q?a=0D=0AX-Evil:_1?=\r\n\r\n")

    assert read.name == "" or read.name.isprintable()
    assert read.subject == "a X-Evil: 1"
    assert "\n" not in read.subject


def test_of_html_the_words_are_kept_and_neither_scripts_nor_addresses_of_pictures() -> None:
    html = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Dzień&nbsp;dobry</p><script>alert(1)</script>"
        '<img src="https://spy.example/1.gif"><p>Kiedy?</p></body></html>'
    )
    read = written(ANN + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html)

    assert read.text.split() == ["Dzień", "dobry", "Kiedy?"]


@pytest.mark.parametrize(
    "html", ["", "<!-- -->", "<" * 1000, "<div>" * 5000 + "deep", "\0<p>\x01a</p>", "<?xml version='1.0' encoding='x'?>"]
)
def test_broken_html_breaks_nothing(html: str) -> None:
    assert isinstance(written(ANN + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html).text, str)


def in_html(html: str) -> str:
    return written(ANN + "Content-Type: text/html; charset=utf-8\r\n\r\n" + html).text


def test_a_row_is_a_line_and_what_is_hidden_stays_hidden() -> None:
    rows = "<table><tr><th>Imię</th><td>Jan</td></tr><tr><td>Kiedy</td><td>jutro</td></tr></table>"

    assert in_html(rows).splitlines() == ["Imię Jan", "Kiedy jutro"]
    assert in_html("<p style='DISPLAY : none'>Preview</p><ul><li>one<li>two</ul>").split() == ["*", "one", "*", "two"]


@pytest.mark.parametrize(
    "asks",
    [
        "<p style='margin-top:99999em'>a</p>" * 2000,
        "<table><tr><td>" + "a" * 100_000 + "</td></tr>" + "<tr><td>b</td></tr>" * 5000 + "</table>",
        "<p style='margin-top:" + "9" * 400 + "em'>a</p>",
        "<ol><li value='²'>a</ol>",
        "<ol><li value='" + "9" * 5000 + "'>a</ol>",
    ],
    ids=["much white space", "much width", "more than any number", "a number that is none", "a number that is long"],
)
def test_html_gets_no_more_room_than_its_words_need(asks: str) -> None:
    tracemalloc.start()
    try:
        assert "a" in in_html(asks)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset*0=iso-8859; charset*=-2",
        "Content-Type: text/plain; charset*0=utf; charset*1=-8",
        "Content-Type: text/plain; charset*=iso-8859-2''x%00",
        "Content-Type: text/plain; charset=utf\0-8",
        "Content-Type: text/plain; name*0=a; name*=b",
        "Content-Disposition: attachment; filename*=b; filename*0*=a",
        "Content-Disposition: attachment\r\nContent-Type: text/html\0",
        "Content-Type: multipart/mixed; boundary*0=x; boundary*=y",
    ],
)
def test_a_header_in_pieces_that_do_not_belong_together_breaks_nothing(header: str) -> None:
    try:
        read = read_letter(f"{ANN}{header}\r\n\r\n".encode() + "Zażółć".encode("iso-8859-2"))
    except Unreadable:
        return
    assert "\0" not in "".join(read.fields.values())


def with_files() -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Message-ID"] = "Ann <ann@test.example>", "Plan", "<2@test.example>"
    letter.set_content("See the plan.\n")
    letter.add_alternative("<p>See the <b>plan</b>.</p><img src='cid:logo'>", subtype="html")
    [_, html] = letter.get_payload()
    html.add_related(b"GIF89a", "image", "gif", cid="<logo>")  # type: ignore[union-attr]  # the second part is a message
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="dach i okna – zażółć.pdf")
    letter.add_attachment(b"\0" * 10, maintype="application", subtype="octet-stream")
    return letter


def test_what_is_attached_is_named_and_not_read() -> None:
    read = read_letter(with_files().as_bytes(policy=SMTP))

    assert read.text == "See the plan."
    assert read.files == ("dach i okna – zażółć.pdf", "application/octet-stream")


def test_a_message_within_a_message_is_not_opened() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "Bob <bob@test.example>", "Fwd"
    outer.set_content("Look")
    outer.add_attachment(with_files())

    read = read_letter(outer.as_bytes(policy=SMTP))

    assert read.sender is not None
    assert read.sender.value == "bob@test.example"
    assert read.text == "Look"
    assert read.files == ("message/rfc822",)


def nested(depth: int) -> bytes:
    head = ANN + 'Content-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    opened = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(depth))
    return (head + opened + f"--b{depth}\r\n\r\nDeep\r\n").encode()


def test_parts_within_parts_are_read_as_deep_as_people_send_them() -> None:
    assert read_letter(nested(MOST_BOUNDARIES - 1)).text == "Deep"
    lines = ANN.encode() + b"\r\n" + b"\n" * (MOST_LINES + 1)
    for made_to_hurt in (nested(2000), lines, lines.replace(b"\n", b"\r"), b"x" * (MOST_LETTER_BYTES + 1)):
        with pytest.raises(Unreadable):
            read_letter(made_to_hurt)


def test_a_multipart_without_its_boundary_is_no_trouble() -> None:
    assert written(ANN + "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nHi").text == ""


def test_ten_megabytes_are_read_for_their_words() -> None:
    letter = with_files()
    letter.add_attachment(b"x" * 7_500_000, maintype="image", subtype="jpeg", filename="roof.jpg")
    body = letter.as_bytes(policy=SMTP)

    assert len(body) > 10_000_000
    assert read_letter(body).files[-1] == "roof.jpg"


def test_a_long_letter_says_that_it_goes_on() -> None:
    read = written(ANN + "\r\n" + "long " * 10_000)

    assert len(read.text) <= LONGEST_LETTER
    assert read.text.endswith(" […]")


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "Return-Path: <>",
        "List-Id: <news.test.example>",
        "List-Unsubscribe: <https://test.example>",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "Content-Type: multipart/report; report-type=delivery-status",
    ],
)
def test_what_a_machine_wrote_is_told(header: str) -> None:
    assert is_automatic(read_head(f"{ANN}{header}\r\n\r\n".encode()), sender=None)


def test_what_a_person_wrote_is_none() -> None:
    head = read_head(f"{ANN}Auto-Submitted: no\r\nReturn-Path: <ann@test.example>\r\nPrecedence: first-class\r\n\r\n".encode())

    assert not is_automatic(head, sender=None)
    assert not is_automatic(head, sender="ann@test.example")
    assert is_automatic(head, sender="")
    assert is_automatic(read_head(b"From: Mailer-Daemon <MAILER-DAEMON@test.example>\r\n\r\n"), sender=None)


def test_a_letter_is_told_from_others_by_its_id_and_its_sender() -> None:
    one, other = (f"From: {who}@test.example\r\nMessage-ID: <same@x>\r\n\r\n".encode() for who in ("ann", "bob"))
    assert letter_id(one, read_head(one)) == letter_id(one + b"later", read_head(one + b"later"))
    assert letter_id(one, read_head(one)) != letter_id(other, read_head(other))
    assert letter_id(b"Subject: a\n\n1", read_head(b"Subject: a\n\n1")) != letter_id(
        b"Subject: a\n\n2", read_head(b"Subject: a\n\n2")
    )


def test_an_address_names_its_door_with_a_plus_or_at_a_domain_of_its_own() -> None:
    key = "abcdefgh234567ab"
    plus, own = read_letterbox("Leads@firma.example"), read_letterbox("@in.firma.example")
    assert plus is not None
    assert own is not None
    assert plus.address_of(key) == f"leads+{key}@firma.example"
    assert own.address_of(key) == f"{key}@in.firma.example"

    written_to = f"To: Ciepło <LEADS+{key.upper()}@Firma.example>, {key}@in.firma.example\r\nCc: x+{key}@firma.example\r\n\r\n"
    found = recipients(read_head(written_to.encode()))
    assert plus.keys_in(found) == [key]
    assert own.keys_in(found) == [key]
    assert own.keys_in([f"a{key}@in.firma.example", f"{key}@evil.example", key, "", "@in.firma.example"]) == []
    assert read_letterbox(" ") is None
    for wrong in ("leads", "leads+x@firma.example", "@", "a b@firma.example", "leads@"):
        with pytest.raises(ValueError, match="address"):
            read_letterbox(wrong)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # beside another suite
@given(body=st.binary(max_size=2000), head=st.text(max_size=200))
def test_whatever_comes_is_a_letter_or_unreadable(body: bytes, head: str) -> None:
    raw = f"From: {head}\r\nSubject: {head}\r\nContent-Type: {head}\r\n".encode("utf-8", "surrogatepass") + body
    is_automatic(read_head(raw), sender=None)
    try:
        read = read_letter(raw)
    except Unreadable:
        return
    "".join(read.fields.values()).encode()
