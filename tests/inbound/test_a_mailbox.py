"""Letters wait on an IMAP server: each comes in once, what is for others stays unread, and one that is out of order is told."""

import re
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from leadstone.domains.inbound.rules.letters import MOST_LETTER_BYTES
from leadstone.flows.mail_received import Letter, MailboxTrouble
from leadstone.integrations.inbound_mail.mailbox import (
    AFTER_A_FAULT,
    AT_ONCE,
    BadMailboxUrl,
    ImapMailbox,
    MailboxUrl,
    read_mailbox_url,
)
from leadstone.project.environment import Environment
from leadstone.project.working import options_from
from tests.delivery.servers import certificate

OURS = b"From: ann@test.example\r\nTo: leads+x@firma.example\r\nSubject: Hi\r\n\r\nWhen?\r\n"
OTHERS = b"From: bob@test.example\r\nTo: boss@firma.example\r\nSubject: Secret\r\n\r\nPrivate\r\n"


@dataclass
class Server:
    """What an IMAP server holds, and what it was asked. `sizes`: of letters that it says are larger than they are."""

    letters: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    sizes: dict[int, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    validity: int = 1
    port: int = 0

    def answer(self, command: str) -> bytes:
        self.asked.append(command)
        verb, _, rest = command.partition(" ")
        if verb == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if verb == "LOGIN" and '"wrong"' in rest:
            return b""
        if verb == "SELECT":
            return f"* {len(self.letters)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n".encode()
        if rest.startswith("SEARCH"):
            return b"* SEARCH " + " ".join(str(uid) for uid in self.letters if uid not in self.seen).encode() + b"\r\n"
        if rest.startswith("STORE"):
            self.seen.add(int(rest.split()[1]))
        if rest.startswith("FETCH"):
            return self._fetched(int(rest.split()[1]), rest)
        return b""

    def _fetched(self, uid: int, what: str) -> bytes:
        letter = self.letters[uid]
        said = letter.split(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in what else letter
        part = "BODY[HEADER]<0>" if "HEADER" in what else "BODY[]"
        size = self.sizes.get(uid, len(letter))
        return f"* 1 FETCH (UID {uid} RFC822.SIZE {size} {part} {{{len(said)}}}\r\n".encode() + said + b")\r\n"


class Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    server_state: Server
    tls: ssl.SSLContext


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        listening = self.server
        assert isinstance(listening, Listening)
        try:
            line = listening.tls.wrap_socket(self.request, server_side=True)
        except (ssl.SSLError, OSError):
            return
        with line, line.makefile("rwb") as talk:
            talk.write(b"* OK ready\r\n")
            talk.flush()
            while command := talk.readline():
                tag, _, words = command.decode().strip().partition(" ")
                if words == "AUTHENTICATE PLAIN":
                    talk.write(b"+ \r\n")
                    talk.flush()
                    words += " " + b64decode(talk.readline()).decode()
                answer = listening.server_state.answer(words)
                refused = words.startswith("LOGIN") and '"wrong"' in words
                talk.write(answer + f"{tag} {'NO' if refused else 'OK'} done\r\n".encode())
                talk.flush()
                if words == "LOGOUT":
                    return


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()
    with Listening(("127.0.0.1", 0), Conversation) as listening:
        listening.server_state, listening.tls = state, certificate()[0]
        state.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield state
        listening.shutdown()
        thread.join()


Opened = Callable[..., ImapMailbox]


@pytest.fixture
def mailbox(server: Server) -> Opened:
    def opened(*, password: str = "right", monotonic: Callable[[], float] = lambda: 0.0) -> ImapMailbox:
        url = MailboxUrl(host="localhost", port=server.port, tls=True, user="leads", password=password, folder="INBOX")
        return ImapMailbox(url, context=certificate()[1], monotonic=monotonic)

    return opened


def is_ours(head: bytes) -> bool:
    return b"leads+" in head


def test_what_is_for_us_is_taken_once_and_what_is_for_others_stays_unread(server: Server, mailbox: Opened) -> None:
    server.letters = {1: OTHERS, 2: OURS, 3: OURS}
    taken: list[Letter] = []
    ours = mailbox()

    for _ in range(2):
        assert not ours.each_new(taken.append, is_ours=is_ours)

    assert [letter.body for letter in taken] == [OURS, OURS]
    assert server.seen == {2, 3}
    asked_of_others = [words for words in server.asked if re.search(r"(FETCH|STORE) 1 ", words)]
    assert len(asked_of_others) == 1, "a letter for others was looked at twice, or opened"
    assert "HEADER" in asked_of_others[0]


def test_of_a_letter_that_is_too_large_only_the_head_is_fetched(server: Server, mailbox: Opened) -> None:
    server.letters, server.sizes = {1: OURS}, {1: MOST_LETTER_BYTES + 1}
    taken: list[Letter] = []
    mailbox().each_new(taken.append, is_ours=is_ours)

    assert taken[0].is_too_large
    assert b"When?" not in taken[0].body
    assert server.seen == {1}


def test_a_letter_that_breaks_something_stays_unread_holds_up_no_other_and_comes_again(server: Server, mailbox: Opened) -> None:
    server.letters = {1: OURS, 2: OURS}
    now, taken = [0.0], 0
    ours = mailbox(monotonic=lambda: now[0])

    def take(letter: Letter) -> None:
        nonlocal taken
        taken += 1
        if taken == 1:
            raise RuntimeError("a fault of ours")

    ours.each_new(take, is_ours=is_ours)
    ours.each_new(take, is_ours=is_ours)
    assert (taken, server.seen) == (2, {2})

    now[0] = AFTER_A_FAULT
    ours.each_new(take, is_ours=is_ours)
    assert (taken, server.seen) == (3, {1, 2})


def test_many_letters_come_in_some_at_a_time(server: Server, mailbox: Opened) -> None:
    server.letters = dict.fromkeys(range(1, AT_ONCE + 3), OURS)
    taken: list[Letter] = []
    ours = mailbox()

    assert ours.each_new(taken.append, is_ours=is_ours)
    assert len(taken) == AT_ONCE
    assert not ours.each_new(taken.append, is_ours=is_ours)
    assert len(taken) == AT_ONCE + 2


def test_a_mailbox_that_was_made_anew_is_looked_through_again(server: Server, mailbox: Opened) -> None:
    server.letters = {1: OTHERS}
    taken: list[Letter] = []
    ours = mailbox()
    ours.each_new(taken.append, is_ours=is_ours)
    server.letters, server.validity = {1: OURS}, 2
    ours.each_new(taken.append, is_ours=is_ours)

    assert len(taken) == 1


def test_a_server_that_refuses_or_is_not_there_is_trouble_and_says_no_name(server: Server, mailbox: Opened) -> None:
    with pytest.raises(MailboxTrouble) as refused:
        mailbox(password="wrong").each_new(print, is_ours=is_ours)
    assert "leads" not in str(refused.value)

    untrusted = ImapMailbox(MailboxUrl(host="localhost", port=server.port, tls=True, user="a", password="b", folder="INBOX"))
    with pytest.raises(MailboxTrouble):
        untrusted.each_new(print, is_ours=is_ours)
    nobody = ImapMailbox(MailboxUrl(host="localhost", port=1, tls=False, user="a", password="b", folder="INBOX"))
    with pytest.raises(MailboxTrouble):
        nobody.each_new(print, is_ours=is_ours)


@pytest.mark.parametrize(("user", "password"), [("leads", "zażółć"), ("Jan Lis", "right"), ('a"b', "c")])
def test_a_name_and_a_password_may_be_of_any_letters(user: str, password: str, server: Server) -> None:
    server.letters = {1: OURS}
    url = MailboxUrl(host="localhost", port=server.port, tls=True, user=user, password=password, folder="INBOX")
    taken: list[Letter] = []
    ImapMailbox(url, context=certificate()[1]).each_new(taken.append, is_ours=is_ours)

    assert len(taken) == 1
    assert f"AUTHENTICATE PLAIN \0{user}\0{password}" in server.asked


def test_a_door_that_is_busy_ends_the_look_and_leaves_its_letters(server: Server, mailbox: Opened) -> None:
    server.letters = {1: OURS, 2: OURS}

    def busy(letter: Letter) -> None:
        raise MailboxTrouble("busy")

    ours = mailbox()
    with pytest.raises(MailboxTrouble):
        ours.each_new(busy, is_ours=is_ours)
    assert not server.seen
    taken: list[Letter] = []
    ours.each_new(taken.append, is_ours=is_ours)
    assert len(taken) == 2


def test_a_mailbox_without_an_address_of_ours_is_told_before_anything_is_read() -> None:
    with pytest.raises(BadMailboxUrl, match="LEADSTONE_INBOUND_MAIL_ADDRESS"):
        options_from(Environment(inbound_mail_url="imaps://u:p@h"))
    options = options_from(Environment(inbound_mail_url="imaps://u:p@h", inbound_mail_address="@in.firma.example"))
    assert isinstance(options.mailbox, ImapMailbox)


def test_a_mailbox_is_named_by_one_address_line() -> None:
    url = read_mailbox_url("imaps://leads%40firma.example:s%2Fcret@mail.firma.example/Inbox/Leads")
    assert url == MailboxUrl(
        host="mail.firma.example", port=993, tls=True, user="leads@firma.example", password="s/cret", folder="Inbox/Leads"
    )
    assert "s/cret" not in repr(url)
    assert read_mailbox_url("") is None
    starttls = read_mailbox_url("imap://u:p@h")
    assert starttls is not None
    assert (starttls.port, starttls.tls, starttls.folder) == (143, False, "INBOX")
    for wrong in (
        "smtp://u:p@h",
        "imaps://h",
        "imaps://u@h",
        "imaps://u:p@h:99999",
        "imaps://u:p%0d%0aLOGOUT@h",
        "imaps://u:p@h/Wejście",
        "leads",
    ):
        with pytest.raises(BadMailboxUrl):
            read_mailbox_url(wrong)
