"""Two ways to say it at the public door: the same visitor meets the same one, and nothing is kept of them."""

from collections import Counter

import httpx
import msgspec
import pytest

from leadstone.domains.experiments.rules.assignment import arm_of
from leadstone.edge.arms import Arms
from leadstone.wire.bundle import PublishedArm, PublishedExperiment, PublishedMagnet, PublishedVersion
from leadstone.wire.records import PagesViewed, SubmissionReceived
from tests.edge.door import PERSON, Door, open_door, token_in
from tests.edge.installation import Installation, guide

pytestmark = pytest.mark.anyio

HALVES = (PublishedArm(version_id=11, weight=1), PublishedArm(version_id=12, weight=1))
OTHER_TITLE = "Forty quotes, read by an engineer"
ROBOT = "Googlebot/2.1 (+http://www.google.com/bot.html)"


def compared(*, arms: tuple[PublishedArm, ...] = HALVES) -> PublishedMagnet:
    """The guide with two arms: 11 says what everybody reads in version 13, 12 says it otherwise."""
    other = guide(title=OTHER_TITLE, contract=msgspec.structs.replace(guide().contract, asks=guide().contract.asks[:1]))
    versions = [(7, 1, guide()), (11, 2, guide()), (12, 3, other), (13, 4, guide())]
    return PublishedMagnet(
        slug="guide",
        magnet_id=1,
        versions=tuple(PublishedVersion(version_id=pk, number=number, definition=told) for pk, number, told in versions),
        experiment=PublishedExperiment(salt="salt-of-the-first", arms=arms),
    )


@pytest.fixture
def installation(installation: Installation) -> Installation:
    installation.magnets = (compared(),)
    installation.publish()
    return installation


def browser(number: int) -> dict[str, str]:
    return {"User-Agent": f"{PERSON} build/{number}"}


async def one_of_each(door: Door) -> tuple[dict[str, str], dict[str, str]]:
    """A visitor who meets the words that everybody knows, and one who meets the others."""
    found: dict[bool, dict[str, str]] = {}
    for number in range(40):
        page = await door.client.get("/m/guide", headers=browser(number))
        found.setdefault(OTHER_TITLE in page.text, browser(number))
    return found[False], found[True]


async def test_two_visitors_meet_two_arms_and_keep_them_without_a_cookie(door: Door) -> None:
    first, second = await one_of_each(door)
    for visitor, is_other in ((first, False), (second, True)):
        for _ in range(3):
            page = await door.client.get("/m/guide", headers=visitor)
            assert (OTHER_TITLE in page.text) is is_other
            assert "set-cookie" not in page.headers
            assert page.headers["cache-control"] == "private, no-cache"
        in_polish = await door.client.get("/m/guide?lang=pl", headers=visitor)
        assert (OTHER_TITLE in in_polish.text) is is_other
    assert not door.client.cookies


async def test_the_form_stays_in_the_arm_from_page_to_thanks(door: Door, installation: Installation) -> None:
    first, second = await one_of_each(door)
    for number, (visitor, version_id) in enumerate(((first, 11), (second, 12))):
        token = token_in(await door.client.get("/m/guide", headers=visitor))
        # Sent from another network of the same person: the form knows where it belongs.
        sent = await door.send(token=token, email=f"visitor{number}@example.com")
        assert sent.status_code == 303
        thanks = await door.client.get(sent.headers["location"])
        assert ((OTHER_TITLE if version_id == 12 else guide().title) in thanks.text) is True
    records = [record for record in installation.journaled() if isinstance(record, SubmissionReceived)]
    assert [record.version_id for record in records] == [11, 12]


async def test_a_form_that_is_wrong_comes_back_in_its_arm(door: Door) -> None:
    _, second = await one_of_each(door)
    token = token_in(await door.client.get("/m/guide", headers=second))
    again = await door.send(token=token, email="no address")
    assert again.status_code == 422
    assert OTHER_TITLE in again.text


async def test_a_thanks_page_of_a_version_that_never_was_tells_the_public_words(door: Door) -> None:
    page = await door.client.get("/m/guide/thanks/abc?v=999")
    assert page.status_code == 200
    assert guide().title in page.text


async def test_machines_meet_the_public_words_and_are_in_no_arm(installation: Installation) -> None:
    async with open_door(installation) as door:
        for number in range(12):
            page = await door.client.get("/m/guide", headers={"User-Agent": f"{ROBOT} {number}"})
            assert OTHER_TITLE not in page.text
    assert views(installation) == {13: (0, 12)}


async def test_a_visitor_counts_once_a_day_for_the_arm_and_each_time_for_the_magnet(installation: Installation) -> None:
    async with open_door(installation) as door:
        _first, second = await one_of_each(door)
        for _ in range(4):
            await door.client.get("/m/guide", headers=second)
    seen = views(installation)
    assert seen[11][0] + seen[12][0] == 40
    assert seen[13] == (4, 0)


def test_the_next_day_counts_anew_and_another_key_knows_nobody() -> None:
    arms, version = Arms(b"k" * 32), compared().versions[2]
    noon = 20_000 * 86_400_000
    assert arms.is_first_today(version, network="192.0.2.0/24", agent=b"a", now=noon)
    assert not arms.is_first_today(version, network="192.0.2.0/24", agent=b"a", now=noon + 3_600_000)
    assert arms.is_first_today(version, network="192.0.2.0/24", agent=b"a", now=noon + 86_400_000)
    met = [Arms(bytes([key]) * 32).version_for(compared(), network="192.0.2.0/24", agent=b"a").version_id for key in range(40)]
    assert set(met) == {11, 12}


@pytest.mark.parametrize(("weights", "share"), [((1, 1), 0.5), ((3, 1), 0.25), ((9, 1), 0.1)])
def test_arms_get_visitors_by_their_weights(weights: tuple[int, int], share: float) -> None:
    arms = tuple(PublishedArm(version_id=pk, weight=weight) for pk, weight in zip((11, 12), weights, strict=True))
    met = Counter(arm_of(number.to_bytes(16), salt="salt", arms=arms).version_id for number in range(10_000))
    assert abs(met[12] / 10_000 - share) < 0.015


def test_another_experiment_falls_anew() -> None:
    visitors = [number.to_bytes(16) for number in range(4000)]
    first, second = ([arm_of(who, salt=salt, arms=HALVES).version_id for who in visitors] for salt in ("one", "two"))
    alike = sum(a == b for a, b in zip(first, second, strict=True)) / len(visitors)
    assert 0.46 < alike < 0.54


async def test_when_it_has_ended_everybody_meets_the_same(installation: Installation) -> None:
    async with open_door(installation) as door:
        _, second = await one_of_each(door)
        token = token_in(await door.client.get("/m/guide", headers=second))
        installation.magnets = (msgspec.structs.replace(compared(), experiment=None),)
        installation.publish()
        door.app.edge.shelf.look()
        page: httpx.Response = await door.client.get("/m/guide", headers=second)
        assert OTHER_TITLE not in page.text
        # Whoever was in the middle of it goes on with the words that they have read.
        sent = await door.send(token=token)
        assert OTHER_TITLE in (await door.client.get(sent.headers["location"])).text


def views(installation: Installation) -> dict[int, tuple[int, int]]:
    """Version id → how often people and machines looked, over all sources."""
    total: Counter[tuple[int, str]] = Counter()
    for record in installation.journaled():
        for count in record.counts if isinstance(record, PagesViewed) else ():
            total[count.version_id, "people"] += count.people
            total[count.version_id, "machines"] += count.machines
    return {pk: (total[pk, "people"], total[pk, "machines"]) for pk, _ in total}


async def test_a_frame_on_another_page_shows_the_public_words_and_tilts_no_arm(door: Door, installation: Installation) -> None:
    _first, second = await one_of_each(door)
    page = await door.client.get("/m/guide/embed", headers=second)
    await door.send(path="/m/guide/embed", token=token_in(page))

    assert OTHER_TITLE not in page.text
    assert [record.version_id for record in installation.journaled() if isinstance(record, SubmissionReceived)] == [13]
