"""The outcome of a hand-over is what the server said, never a guess."""

import socket
import threading
from collections.abc import Callable

import pytest

from leadstone.infra.mail.message import pack
from leadstone.infra.mail.outcome import Fate, Outcome
from leadstone.infra.mail.smtp import SmtpLine
from leadstone.infra.mail.url import BadMailUrl, MailUrl, Security, read_mail_url
from tests.delivery.servers import DROP, certificate, smtp_server
from tests.delivery.test_message import mail

PARCEL = pack(mail())


def always() -> bool:
    return True


def line_to(port: int, **kwargs: object) -> SmtpLine:
    return SmtpLine(MailUrl("127.0.0.1", port, Security.WHEN_OFFERED), **kwargs)  # type: ignore[arg-type]


def test_a_mail_arrives_byte_for_byte_over_one_connection() -> None:
    with smtp_server() as (port, sink):
        line = line_to(port)
        outcomes = [line.hand_over(PARCEL, may_send=always) for _ in range(3)]
        line.close()

    assert [o.fate for o in outcomes] == [Fate.SENT] * 3
    assert [data for _, data in sink.accepted] == [PARCEL.data] * 3
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 no such user", Outcome(Fate.FAILED, "550 5.1.1")),
        ("554 go away", Outcome(Fate.FAILED, "554")),
        ("450 4.2.0 greylisted, come back", Outcome(Fate.LATER, "450 4.2.0")),
        ("452 4.2.2 mailbox full", Outcome(Fate.LATER, "452 4.2.2")),
    ],
)
def test_each_refusal_has_its_reason(answer: str, outcome: Outcome) -> None:
    asked: list[bool] = []

    with smtp_server(on_rcpt=lambda to, n: answer) as (port, _):
        assert line_to(port).hand_over(PARCEL, may_send=lambda: bool(asked.append(True)) or True) == outcome
    assert asked == [], "a refused recipient must not be marked as being sent to"

    with smtp_server(on_data=lambda to, n: answer) as (port, sink):
        assert line_to(port).hand_over(PARCEL, may_send=always) == outcome
    assert sink.accepted == []


def test_a_server_that_dies_after_the_text_leaves_the_outcome_unknown() -> None:
    with smtp_server(on_data=lambda to, n: DROP) as (port, sink):
        outcome = line_to(port).hand_over(PARCEL, may_send=always)

    assert outcome.fate is Fate.UNKNOWN
    assert len(sink.accepted) == 1


def test_a_server_that_dies_before_the_text_is_tried_later() -> None:
    with smtp_server(on_rcpt=lambda to, n: DROP) as (port, _):
        outcome = line_to(port).hand_over(PARCEL, may_send=always)

    assert (outcome.fate, outcome.line_down) == (Fate.LATER, True)


def test_nobody_listening_is_later_and_said_to_be_the_server() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    outcome = line_to(port).hand_over(PARCEL, may_send=always)

    assert outcome == Outcome(Fate.LATER, "connection_refused", line_down=True)


def test_no_text_travels_when_the_last_look_says_no() -> None:
    with smtp_server() as (port, sink):
        line = line_to(port)
        withheld = line.hand_over(PARCEL, may_send=lambda: False)
        sent = line.hand_over(PARCEL, may_send=always)

    assert (withheld.fate, sent.fate) == (Fate.WITHHELD, Fate.SENT)
    assert len(sink.accepted) == 1


def test_the_permit_is_asked_before_the_text_and_after_the_recipient_was_accepted() -> None:
    order: list[str] = []

    def note(word: str, answer: str) -> Callable[[str, int], str]:
        return lambda to, n: (order.append(word), answer)[1]

    with smtp_server(on_rcpt=note("rcpt", "250 ok"), on_data=note("text", "250 ok")) as (port, _):
        line_to(port).hand_over(PARCEL, may_send=lambda: order.append("permit") is None)

    assert order == ["rcpt", "permit", "text"]


def test_a_kept_connection_that_died_meanwhile_is_replaced_without_anybody_noticing() -> None:
    with smtp_server() as (port, _):
        line = line_to(port)
        assert line.hand_over(PARCEL, may_send=always).fate is Fate.SENT
    with smtp_server(port=port) as (_, sink):
        assert line.hand_over(PARCEL, may_send=always).fate is Fate.SENT
    assert len(sink.accepted) == 1


def test_a_silent_server_does_not_hold_a_message_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            connection.sendall(b"220 hello\r\n")
            connection.recv(1000)
            connection.sendall(b"250 hello\r\n")
            done.wait(5)
            connection.close()

        done = threading.Event()
        thread = threading.Thread(target=greet)
        thread.start()
        outcome = line_to(server.getsockname()[1], command_seconds=0.3).hand_over(PARCEL, may_send=always)
        done.set()
        thread.join()

    assert (outcome.fate, outcome.because) == (Fate.LATER, "timed_out")


def test_starttls_and_password_work_with_a_trusted_certificate() -> None:
    server_tls, client_tls = certificate()
    with smtp_server(tls=server_tls, password="s3cret") as (port, sink):
        right = SmtpLine(MailUrl("localhost", port, Security.REQUIRED, "ann", "s3cret"), tls=client_tls)
        wrong = SmtpLine(MailUrl("localhost", port, Security.REQUIRED, "ann", "other"), tls=client_tls)

        assert right.hand_over(PARCEL, may_send=always).fate is Fate.SENT
        assert wrong.hand_over(PARCEL, may_send=always) == Outcome(Fate.LATER, "sign_in_refused", line_down=True)
    assert len(sink.accepted) == 1


def test_a_password_is_never_sent_to_a_server_without_a_trusted_certificate() -> None:
    server_tls, _ = certificate()
    with smtp_server(tls=server_tls, password="s3cret") as (port, _):
        outcome = SmtpLine(MailUrl("localhost", port, Security.REQUIRED, "ann", "s3cret")).hand_over(PARCEL, may_send=always)

    assert outcome == Outcome(Fate.LATER, "tls_failed", line_down=True)


def test_a_password_is_never_sent_in_the_clear() -> None:
    with smtp_server() as (port, sink):
        line = SmtpLine(MailUrl("127.0.0.1", port, Security.REQUIRED, "ann", "s3cret"))

        assert line.hand_over(PARCEL, may_send=always) == Outcome(Fate.LATER, "no_starttls", line_down=True)
    assert sink.accepted == []


def test_encryption_is_used_when_offered_even_by_a_server_that_nobody_knows() -> None:
    server_tls, _ = certificate()
    with smtp_server(tls=server_tls) as (port, sink):
        assert line_to(port).hand_over(PARCEL, may_send=always).fate is Fate.SENT
    assert len(sink.accepted) == 1


def test_an_address_that_the_server_cannot_take_fails_with_its_reason() -> None:
    with smtp_server() as (port, _):
        outcome = line_to(port).hand_over(pack(mail(to_address="żółw@home.example")), may_send=always)

    assert outcome == Outcome(Fate.FAILED, "no_smtputf8")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", None),
        ("  ", None),
        ("smtp://mail.example", MailUrl("mail.example", 587, Security.WHEN_OFFERED)),
        ("smtp://ann:p%40ss@mail.example:2525", MailUrl("mail.example", 2525, Security.REQUIRED, "ann", "p@ss")),
        ("smtps://ann:x@mail.example", MailUrl("mail.example", 465, Security.FROM_START, "ann", "x")),
    ],
)
def test_the_mail_address_line_is_read(text: str, url: MailUrl | None) -> None:
    assert read_mail_url(text) == url


@pytest.mark.parametrize("text", ["http://mail.example", "smtp://", "smtp://mail.example:99999", "mail.example", "smtp://:25"])
def test_a_wrong_mail_address_line_is_named(text: str) -> None:
    with pytest.raises(BadMailUrl):
        read_mail_url(text)


def test_the_password_is_not_shown_in_logs() -> None:
    assert "s3cret" not in repr(read_mail_url("smtp://ann:s3cret@mail.example"))
