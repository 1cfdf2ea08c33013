"""C11: what is asked for when more forms come than people send, and that a person still gets through."""

import asyncio
import json
import time
from base64 import b64encode
from html import unescape
from ipaddress import ip_network

import altcha
import httpx
import pytest

from leadstone.edge.settings import LimitSettings
from leadstone.edge.visitor import is_within
from leadstone.project.edge_app import edge_settings
from leadstone.project.environment import Environment
from leadstone.wire.records import SubmissionReceived
from tests.edge.door import open_door
from tests.edge.installation import Installation

pytestmark = pytest.mark.anyio

WINDOW = 10**9  # longer than any test, whenever it runs


def solve(challenge: str) -> str:
    """What the page's script sends for a challenge."""
    parsed = json.loads(challenge)
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(parsed))
    assert solution is not None
    return b64encode(json.dumps({"challenge": parsed, "solution": solution.to_dict()}).encode()).decode()


def suspicions(installation: Installation) -> list[str]:
    return [record.suspicion for record in installation.journaled() if isinstance(record, SubmissionReceived)]


async def test_a_network_that_sends_too_much_is_asked_for_proof_and_passes_with_it(installation: Installation) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, network_free=2)) as door:
        answers = [(await door.send()).status_code for _ in range(3)]
        challenge = door.app.edge.proofs.challenge()
        proven = await door.send(proof=solve(challenge))
        replayed = await door.send(proof=solve(challenge))

    assert answers == [303, 303, 429]
    assert proven.status_code == 303
    assert replayed.status_code == 429, "a proof is good for one form"
    assert len(suspicions(installation)) == 3


async def test_the_page_that_asks_for_proof_keeps_what_was_typed_and_says_when_to_try_again(installation: Installation) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, network_free=0)) as door:
        response = await door.send(name="Ann Lee")

    assert response.status_code == 429
    assert 0 < int(response.headers["retry-after"]) <= WINDOW
    assert 'value="Ann Lee"' in response.text
    assert "keySignature" in unescape(response.text) or "keyPrefix" in unescape(response.text)


async def test_even_with_proof_one_network_has_an_end(installation: Installation) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, network_most=1)) as door:
        assert (await door.send()).status_code == 303
        assert (await door.send(proof=solve(door.app.edge.proofs.challenge()))).status_code == 429


async def test_under_pressure_those_who_cannot_prove_share_a_small_budget_and_a_proof_always_passes(
    installation: Installation,
) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, all_free=2, without_proof=1)) as door:
        answers = [(await door.send()).status_code for _ in range(4)]
        page = await door.client.get("/m/guide")
        proven = await door.send(proof=solve(door.app.edge.proofs.challenge()))

    assert answers == [303, 303, 303, 429]
    assert "keyPrefix" in unescape(page.text), "under pressure the page brings its challenge along"
    assert proven.status_code == 303
    assert suspicions(installation) == ["", "", "no_proof", ""]


async def test_one_mail_domain_is_limited_but_not_the_free_mail_providers(installation: Installation) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, domain_free=1, without_proof=0)) as door:
        at_company = [(await door.send(email=f"a{n}@company.example.com")).status_code for n in range(2)]
        at_provider = [(await door.send(email=f"a{n}@gmail.com")).status_code for n in range(3)]

    assert at_company == [303, 429]
    assert at_provider == [303, 303, 303]


async def test_one_network_may_try_only_so_many_codes_and_the_core_hears_of_no_more(installation: Installation) -> None:
    asked: list[httpx.Request] = []

    def portal(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(422, html="<h1>Not the digits</h1>")

    networks = [ip_network("192.0.2.0/24")]
    limits = LimitSettings(window_seconds=WINDOW, network_codes=3)
    async with open_door(installation, limits=limits, trusted_proxies=tuple(networks)) as door:
        door.app.edge.portal._client = httpx.AsyncClient(transport=httpx.MockTransport(portal))
        tried = [await door.client.post(f"/m/guide/thanks/ref{n}", data={"code": "123456"}) for n in range(5)]
        elsewhere = await door.client.post(
            "/m/guide/thanks/ref", data={"code": "123456"}, headers={"x-forwarded-for": "203.0.113.9"}
        )
        form = await door.send()

    assert [response.status_code for response in tried] == [422, 422, 422, 429, 429]
    assert 0 < int(tried[-1].headers["retry-after"]) <= WINDOW
    assert elsewhere.status_code == 422
    assert form.status_code == 303, "codes and forms are counted apart"
    assert len(asked) == 4


async def test_a_restart_forgets_no_count(installation: Installation) -> None:
    limits = LimitSettings(window_seconds=WINDOW, network_free=2)
    async with open_door(installation, limits=limits) as door:
        await asyncio.gather(door.send(), door.send())
    async with open_door(installation, limits=limits) as door:
        assert (await door.send()).status_code == 429


async def test_a_new_window_begins_anew(installation: Installation) -> None:
    async with open_door(installation, limits=LimitSettings(network_free=0, window_seconds=1)) as door:
        limits = door.app.edge.limits
        now = int(time.time())
        settings = LimitSettings(network_free=1, window_seconds=1)
        limits._settings = settings
        verdicts = [limits.judge(network="n", domain="", proven=False, now=at).value for at in (now, now, now + 1)]

    assert verdicts == ["open", "prove", "open"]


@pytest.mark.parametrize("proof", ["", "x", "{}", "e30=", "x" * 9000, "bnVsbA==", "W10="])
async def test_what_is_no_proof_is_refused_quietly(installation: Installation, proof: str) -> None:
    async with open_door(installation, limits=LimitSettings(window_seconds=WINDOW, network_free=0)) as door:
        assert (await door.send(proof=proof)).status_code == 429


async def test_only_a_trusted_proxy_may_say_who_the_visitor_is(installation: Installation) -> None:
    headers = {"x-forwarded-for": "203.0.113.9, 198.51.100.4"}
    for trusted in ((), (ip_network("192.0.2.0/24"),), (ip_network("192.0.2.0/24"), ip_network("198.51.100.0/24"))):
        async with open_door(installation, trusted_proxies=trusted) as door:
            door.client.headers.update(headers)
            await door.send()

    networks = [record.network for record in installation.journaled() if isinstance(record, SubmissionReceived)]
    assert networks == ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]


@pytest.mark.parametrize(
    ("public_url", "lifted"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://guides.example.com", False),
        ("http://192.168.1.20:8000", False),
    ],
)
async def test_only_an_installation_that_nobody_else_can_reach_lets_its_own_machine_send_without_limit(
    public_url: str, lifted: bool
) -> None:
    limits = edge_settings(Environment(public_url=public_url)).limits

    assert is_within("127.0.0.0/24", limits.lifted) is lifted
    assert not is_within("203.0.113.0/24", limits.lifted)
