"""Whether a domain takes mail, asked of a real name server on this machine."""

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from leadstone.integrations.dns.mail_domains import MailDomainLookup

ZONE = {
    ("takes.example.", "MX"): "10 mail.takes.example.",
    ("null.example.", "MX"): "0 .",
    ("only-a.example.", "A"): "192.0.2.1",
    ("only-aaaa.example.", "AAAA"): "2001:db8::1",
}
KNOWN = {"takes.example.", "null.example.", "only-a.example.", "only-aaaa.example.", "nothing.example."}


def answer(question: dns.message.Message) -> dns.message.Message | None:
    asked = question.question[0]
    name, kind = asked.name.to_text(), dns.rdatatype.to_text(asked.rdtype)
    if name == "silent.example.":
        return None
    response = dns.message.make_response(question)
    response.flags |= dns.flags.RA
    if name == "broken.example.":
        response.set_rcode(dns.rcode.SERVFAIL)
    elif name not in KNOWN:
        response.set_rcode(dns.rcode.NXDOMAIN)
    elif (name, kind) in ZONE:
        response.answer.append(dns.rrset.from_text(name, 60, "IN", kind, ZONE[name, kind]))
    return response


@pytest.fixture(scope="module")
def lookup() -> Iterator[MailDomainLookup]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))

        def serve() -> None:
            while (packet := server.recvfrom(4096))[0] != b"stop":
                response = answer(dns.message.from_wire(packet[0]))
                if response is not None:
                    server.sendto(response.to_wire(), packet[1])

        thread = threading.Thread(target=serve)
        thread.start()
        yield MailDomainLookup(nameservers=["127.0.0.1"], port=server.getsockname()[1], seconds=0.5)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b"stop", server.getsockname())
        thread.join()


@pytest.mark.parametrize(
    ("domain", "takes_mail"),
    [
        ("takes.example", True),
        ("null.example", False),  # RFC 7505
        ("only-a.example", True),  # RFC 5321 §5.1: the address stands in for a missing MX
        ("only-aaaa.example", True),
        ("nothing.example", False),
        ("unknown.example", False),
        ("silent.example", None),
        ("broken.example", None),
        ("x" * 70 + ".example", None),
    ],
)
def test_the_answer_of_the_dns_is_never_guessed(lookup: MailDomainLookup, domain: str, takes_mail: bool | None) -> None:
    assert lookup.takes_mail(domain) is takes_mail
