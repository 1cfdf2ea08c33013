"""Promise S2: whatever address somebody types, a request of ours reaches the public internet or nothing."""

import ssl
import threading
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from leadstone.infra.outbound import (
    Answered,
    Caps,
    Failed,
    Networks,
    Outbound,
    Refusal,
    Refused,
    Trouble,
    read_networks,
    read_target,
)
from leadstone.infra.outbound.networks import is_public
from leadstone.integrations.dns.addresses import AddressLookup
from tests.outbound.receiver import LOOPBACK, certificate, drips, hangs_up, never_ends, receiver, says, stays_silent

ODD = {
    # not http
    "ftp://hooks.example/": Refusal.SCHEME,
    "file:///etc/passwd": Refusal.SCHEME,
    "gopher://hooks.example:70/_x": Refusal.SCHEME,
    "ws://hooks.example/": Refusal.SCHEME,
    "javascript:alert(1)": Refusal.NOT_AN_ADDRESS,
    "data:text/plain,x": Refusal.NOT_AN_ADDRESS,
    "//hooks.example/": Refusal.NOT_AN_ADDRESS,
    "hooks.example": Refusal.NOT_AN_ADDRESS,
    "http:/hooks.example/": Refusal.NOT_AN_ADDRESS,
    "": Refusal.NOT_AN_ADDRESS,
    "http://": Refusal.HOST,
    "http:///path": Refusal.HOST,
    "http://?x": Refusal.HOST,
    # characters that programs read differently
    " http://hooks.example/": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example/ x": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example\\@127.0.0.1/": Refusal.NOT_AN_ADDRESS,
    "http://127.0.0.1\\.hooks.example/": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example/\r\nHost: localhost": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example\t/": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example/\x00": Refusal.NOT_AN_ADDRESS,
    "http://ⓛocalhost/": Refusal.NOT_AN_ADDRESS,
    "http://①②⑦.⓪.⓪.①/": Refusal.NOT_AN_ADDRESS,
    "http://127。0。0。1/": Refusal.NOT_AN_ADDRESS,
    "http://źródło.example/": Refusal.NOT_AN_ADDRESS,
    "http://hooks.example/" + "x" * 2000: Refusal.NOT_AN_ADDRESS,
    # somebody before the host
    "http://user@hooks.example/": Refusal.USER,
    "http://user:password@hooks.example/": Refusal.USER,
    "http://hooks.example@127.0.0.1/": Refusal.USER,
    "http://hooks.example:80@127.0.0.1/": Refusal.USER,
    "http://@127.0.0.1/": Refusal.USER,
    # addresses in disguise
    "http://2130706433/": Refusal.HOST,
    "http://0x7f000001/": Refusal.HOST,
    "http://017700000001/": Refusal.HOST,
    "http://127.1/": Refusal.HOST,
    "http://127.0.1/": Refusal.HOST,
    "http://0177.0.0.1/": Refusal.HOST,
    "http://127.0.0.01/": Refusal.HOST,
    "http://0x7f.0x0.0x0.0x1/": Refusal.HOST,
    "http://0x7f.1/": Refusal.HOST,
    "http://127.0.0.1./": Refusal.HOST,
    "http://hooks.example./": Refusal.HOST,
    "http://.hooks.example/": Refusal.HOST,
    "http://hooks..example/": Refusal.HOST,
    "http://0/": Refusal.HOST,
    "http://1.2.3.4.5/": Refusal.HOST,
    "http://256.256.256.256/": Refusal.HOST,
    "http://%31%32%37.0.0.1/": Refusal.HOST,
    "http://hooks%2eexample/": Refusal.HOST,
    "http://-hooks.example/": Refusal.HOST,
    "http://ho_oks.example/": Refusal.HOST,
    "http://[fe80::1%25eth0]/": Refusal.HOST,
    "http://[::1/": Refusal.HOST,
    "http://::1/": Refusal.HOST,
    "http://[hooks.example]/": Refusal.HOST,
    "http://[v1.fe80]/": Refusal.HOST,
    # names that are known at home only
    "http://localhost/": Refusal.HOST,
    "http://LOCALHOST/": Refusal.HOST,
    "http://x.localhost/": Refusal.HOST,
    "http://intranet/": Refusal.HOST,
    "http://printer.local/": Refusal.HOST,
    "http://metadata.google.internal/": Refusal.HOST,
    "http://router.home.arpa/": Refusal.HOST,
    # ports
    "http://hooks.example:22/": Refusal.PORT,
    "http://hooks.example:25/": Refusal.PORT,
    "http://hooks.example:6379/": Refusal.PORT,
    "http://hooks.example:0/": Refusal.PORT,
    "http://hooks.example:00080/": Refusal.PORT,
    "http://hooks.example:65536/": Refusal.PORT,
    "http://hooks.example:99999999999/": Refusal.HOST,
    "http://hooks.example:-1/": Refusal.HOST,
    "http://hooks.example:80:80/": Refusal.HOST,
    "http://hooks.example:8_0/": Refusal.HOST,
    # addresses that are not the public internet
    "http://127.0.0.1/": Refusal.PRIVATE,
    "http://127.255.255.254/": Refusal.PRIVATE,
    "http://0.0.0.0/": Refusal.PRIVATE,
    "http://10.0.0.1/": Refusal.PRIVATE,
    "http://172.16.0.1/": Refusal.PRIVATE,
    "http://172.31.255.255/": Refusal.PRIVATE,
    "http://192.168.1.1/": Refusal.PRIVATE,
    "http://169.254.169.254/latest/meta-data/": Refusal.PRIVATE,
    "http://100.64.0.1/": Refusal.PRIVATE,
    "http://100.100.100.200/": Refusal.PRIVATE,
    "http://168.63.129.16/": Refusal.PRIVATE,
    "http://192.0.0.192/": Refusal.PRIVATE,
    "http://198.18.0.1/": Refusal.PRIVATE,
    "http://203.0.113.7/": Refusal.PRIVATE,
    "http://224.0.0.1/": Refusal.PRIVATE,
    "http://255.255.255.255/": Refusal.PRIVATE,
    "http://192.88.99.1/": Refusal.PRIVATE,
    "http://[::1]/": Refusal.PRIVATE,
    "http://[::]/": Refusal.PRIVATE,
    "http://[::ffff:127.0.0.1]/": Refusal.PRIVATE,
    "http://[::ffff:8.8.8.8]/": Refusal.PRIVATE,
    "http://[::127.0.0.1]/": Refusal.PRIVATE,
    "http://[64:ff9b::7f00:1]/": Refusal.PRIVATE,
    "http://[64:ff9b:1::7f00:1]/": Refusal.PRIVATE,
    "http://[2002:7f00:1::]/": Refusal.PRIVATE,
    "http://[2001:0:7f00:1::]/": Refusal.PRIVATE,
    "http://[2001:db8::1]/": Refusal.PRIVATE,
    "http://[fc00::1]/": Refusal.PRIVATE,
    "http://[fd00:ec2::254]/": Refusal.PRIVATE,
    "http://[fe80::1]/": Refusal.PRIVATE,
    "http://[fec0::1]/": Refusal.PRIVATE,
    "http://[ff02::1]/": Refusal.PRIVATE,
    "http://[100::1]/": Refusal.PRIVATE,
}


def public(_name: str) -> Sequence[str]:
    return ["93.184.216.34"]


@pytest.mark.parametrize(("address", "because"), ODD.items(), ids=lambda each: repr(each)[:60])
def test_an_address_that_is_odd_or_leads_home_is_refused_with_its_reason(address: str, because: Refusal) -> None:
    assert Outbound(public).send("GET", address) == Refused(because)


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.example/a?b=c%20d#part",
        "HTTPS://Hooks.Example",
        "http://hooks.example:8080/x",
        "https://xn--rdo-6na8q.example/",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
        "https://1password.example/",
    ],
)
def test_an_ordinary_address_is_read(address: str) -> None:
    assert not isinstance(read_target(address), Refusal)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["::1"],
        ["93.184.216.34", "::ffff:10.0.0.1"],
        ["2002:a00:1::"],
        ["169.254.169.254"],
        ["0.0.0.0"],
    ],
)
def test_a_name_that_leads_home_is_refused_also_when_another_address_would_do(addresses: list[str]) -> None:
    assert Outbound(lambda _name: addresses).send("GET", "https://hooks.example/") == Refused(Refusal.PRIVATE)


def test_the_neighbours_of_every_refused_network_are_public() -> None:
    edges = ["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255"]
    edges += ["172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2003::1"]
    assert [text for text in edges if not is_public(ip_address(text))] == []


def test_a_name_that_changes_its_mind_is_asked_only_once_and_the_checked_address_is_used() -> None:
    """DNS rebinding: the first answer is fit, every later one would lead to a server of ours."""
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(name: str) -> Sequence[str]:
        asked.append(name)
        return next(answers)

    with receiver(lambda _heard, _before: says(200)) as ours:
        result = Outbound(rebinding, networks=LOOPBACK).send("GET", f"http://hooks.example:{ours.port}/")

    # The server listens on 127.0.0.1; the request went to 127.0.0.2, where nobody is.
    assert result == Failed(Trouble.UNREACHABLE)
    assert (asked, ours.heard) == (["hooks.example"], [])


def test_the_request_names_the_host_and_brings_its_body() -> None:
    with receiver(lambda _heard, _before: says(202, b"taken", x_note="yes")) as server:
        client = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK)
        result = client.send("POST", f"http://Hooks.example:{server.port}/a?b=c#d", headers={"Webhook-Id": "m1"}, body=b"{}")

    assert result == Answered(202, {"x-note": "yes", "content-length": "5"}, b"taken")
    heard = server.heard[0]
    assert (heard.method, heard.path, heard.body) == ("POST", "/a?b=c", b"{}")
    assert (heard.headers["host"], heard.headers["webhook-id"]) == (f"hooks.example:{server.port}", "m1")
    assert not {"cookie", "authorization", "referer"} & set(heard.headers)


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiver(lambda _heard, _before: says(301, location="http://127.0.0.1/elsewhere")) as server:
        result = Outbound(public, networks=LOOPBACK).send("POST", server.url)
    assert isinstance(result, Answered)
    assert (result.status, len(server.heard)) == (301, 1)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [(stays_silent, Trouble.TIME_OVER), (drips, Trouble.TIME_OVER), (hangs_up, Trouble.BROKE_OFF)],
)
def test_whoever_keeps_us_waiting_is_left(answer, trouble: Trouble) -> None:  # type: ignore[no-untyped-def]
    with receiver(lambda _heard, _before: answer) as server:
        result = Outbound(public, networks=LOOPBACK).send("GET", server.url, caps=Caps(seconds=0.5))
    assert result == Failed(trouble)


def test_of_an_endless_answer_only_the_beginning_is_read() -> None:
    with receiver(lambda _heard, _before: never_ends) as server:
        result = Outbound(public, networks=LOOPBACK).send("GET", server.url, caps=Caps(answer_bytes=1000))
    assert isinstance(result, Answered)
    assert (len(result.body), result.complete) == (1000, False)


def test_what_is_no_http_is_a_broken_answer() -> None:
    with receiver(lambda _heard, _before: lambda line, _over: line.sendall(b"220 mail.example ESMTP\r\n")) as server:
        assert Outbound(public, networks=LOOPBACK).send("GET", server.url) == Failed(Trouble.BROKE_OFF)


def test_the_proxy_of_the_surroundings_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver(lambda _heard, _before: says(500)) as proxy, receiver(lambda _heard, _before: says(200)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        result = Outbound(public, networks=LOOPBACK).send("GET", server.url)
    assert isinstance(result, Answered)
    assert (result.status, proxy.heard) == (200, [])


def test_tls_asks_for_the_name_and_checks_the_certificate_against_it() -> None:
    serving, trusting = certificate()
    asked_for: list[str] = []
    serving.sni_callback = lambda _line, name, _context: asked_for.append(name)
    client = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK, tls=lambda: trusting)

    with receiver(lambda _heard, _before: says(200), tls=serving) as server:
        right = client.send("GET", f"https://hooks.example:{server.port}/")
        other = client.send("GET", f"https://other.example:{server.port}/")
        stranger = Outbound(lambda _name: ["127.0.0.1"], networks=LOOPBACK).send("GET", f"https://hooks.example:{server.port}/")

    assert isinstance(right, Answered)
    assert other == stranger == Failed(Trouble.CERTIFICATE)
    assert asked_for == ["hooks.example", "other.example", "hooks.example"]


def test_a_name_without_an_address_and_a_silent_dns_are_told_apart() -> None:
    assert Outbound(lambda _name: []).send("GET", "https://hooks.example/") == Failed(Trouble.NO_SUCH_NAME)
    assert Outbound(lambda _name: None).send("GET", "https://hooks.example/") == Failed(Trouble.DNS_SILENT)


def test_an_own_network_that_was_named_may_be_reached_but_never_the_metadata_of_a_cloud() -> None:
    own = Networks(own=read_networks(["10.1.0.0/16", "0.0.0.0/0"]))
    assert own.may_reach(ip_address("10.1.2.3"))
    assert own.may_ask(9000, at=ip_address("10.1.2.3"))
    assert not own.may_reach(ip_address("169.254.169.254"))
    assert not Networks(own=read_networks(["10.1.0.0/16"])).may_ask(9000, at=ip_address("93.184.216.34"))


def test_a_name_that_never_listens_gives_way_to_its_next_address_but_one_that_heard_us_does_not() -> None:
    with receiver(lambda _heard, _before: hangs_up) as server:
        client = Outbound(lambda _name: ["127.0.0.2", "127.0.0.1", "127.0.0.1"], networks=LOOPBACK)
        assert client.send("POST", f"http://hooks.example:{server.port}/") == Failed(Trouble.BROKE_OFF)
        assert len(server.heard) == 1


def test_two_requests_at_once_do_not_disturb_each_other() -> None:
    client = Outbound(public, networks=LOOPBACK)
    statuses: list[int] = []

    def ask(path: str, address: str) -> None:
        result = client.send("GET", address + path)
        assert isinstance(result, Answered)
        statuses.append(result.status)

    with receiver(lambda heard, _before: says(int(heard.path.rsplit("/")[-1]))) as server:
        threads = [threading.Thread(target=ask, args=(f"/{200 + number}", server.url)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == list(range(200, 220))


def test_the_public_authorities_are_what_is_trusted_by_default() -> None:
    assert Outbound(public).tls().verify_mode is ssl.CERT_REQUIRED


def test_the_dns_is_not_asked_for_what_is_an_address_already() -> None:
    def nobody(_name: str) -> Sequence[str]:
        raise AssertionError("asked")

    with receiver(lambda _heard, _before: says(200)) as server:
        assert isinstance(Outbound(nobody, networks=LOOPBACK).send("GET", server.url), Answered)


def test_a_dead_name_server_is_no_answer() -> None:
    assert AddressLookup(nameservers=["127.0.0.1"], port=9, seconds=0.2).addresses("hooks.example") is None
