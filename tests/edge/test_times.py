"""A consultation at the public door: its form stands behind the choice of a time, and nothing is kept without one."""

from pathlib import Path

import httpx
import pytest

from leadstone.edge.answer import Answer
from leadstone.edge.app import until_step
from leadstone.edge.request import Request
from leadstone.edge.settings import LimitSettings
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.definition import Availability, with_availability
from tests.edge.door import open_door
from tests.edge.installation import Installation, guide

pytestmark = pytest.mark.anyio

WINDOW = 10**9


def consultation(folder: Path, *, cap: int | None = None, withdrawn: bool = False) -> Installation:
    definition = with_availability(guide(kind="consultation", asset=None, settings={}), Availability(cap=cap, waiting=bool(cap)))
    version = PublishedVersion(version_id=7, number=1, definition=definition)
    made = Installation(folder, magnets=[PublishedMagnet(slug="talk", magnet_id=1, versions=(version,), live=not withdrawn)])
    made.publish()
    return made


@pytest.mark.parametrize("query", ["", "?lang=pl"])
async def test_a_form_without_a_time_leads_to_the_times_and_leaves_nothing(tmp_path: Path, query: str) -> None:
    made = consultation(tmp_path)
    async with open_door(made) as door:
        response = await door.send(path=f"/m/talk{query}", token="x")

    assert response.status_code == 303
    assert response.headers["location"] == f"/book/talk?lang={'pl' if query else 'en'}"
    assert made.journaled() == []


async def test_a_form_for_a_withdrawn_consultation_is_answered_as_gone(tmp_path: Path) -> None:
    async with open_door(consultation(tmp_path, withdrawn=True)) as door:
        assert (await door.send(path="/m/talk", token="x")).status_code == 410


class Busy:
    """A portal that answers everything with a way to go on."""

    asked = 0

    async def forward(self, request: Request, *, network: str, public_url: str) -> Answer:
        self.asked += 1
        return Answer(303, b"", [(b"location", b"/m/talk/thanks/r")])

    async def close(self) -> None:
        """Nothing to close."""


async def test_one_network_posts_so_many_bookings_and_no_more_while_looking_stays_free(tmp_path: Path) -> None:
    async with open_door(consultation(tmp_path), limits=LimitSettings(window_seconds=WINDOW, network_bookings=2)) as door:
        portal = door.app.edge.portal = Busy()  # type: ignore[assignment]
        answers = [(await door.client.post("/book/talk/form", data={"at": "x"})).status_code for _ in range(3)]
        looked = await door.client.get("/book/talk")

    assert answers == [303, 303, 429]
    assert looked.status_code == 303
    assert portal.asked == 3


async def test_how_long_a_booking_took_to_write_does_not_show_in_when_its_answer_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)

    async with open_door(consultation(tmp_path)) as door:
        door.app.edge.portal = Busy()  # type: ignore[assignment]
        with monkeypatch.context() as patched:
            patched.setattr("leadstone.edge.app.monotonic", iter([100.0, 100.1, 200.0, 200.3]).__next__)
            patched.setattr("leadstone.edge.app.asyncio.sleep", note)
            for _ in range(2):
                await door.client.post("/book/talk/form", data={"at": "x"})

    assert [seconds + took for seconds, took in zip(waited, (0.1, 0.3), strict=True)] == pytest.approx([0.4, 0.4])
    assert until_step(0.5) == pytest.approx(0.3)


async def test_the_page_after_the_form_names_the_chosen_time_and_nothing_else_that_an_address_says(tmp_path: Path) -> None:
    async with open_door(consultation(tmp_path)) as door:
        told = await door.client.get("/m/talk/thanks/r?at=2026-03-04T08:00Z&zone=Europe/Warsaw&lang=en")
        others = [
            (await door.client.get(f"/m/talk/thanks/r?{query}")).text
            for query in ("at=soon&zone=Europe/Warsaw", "at=2026-03-04T08:00Z&zone=../etc", "at=%00&zone=%00", "zone=Mars")
        ]

    assert "Wednesday, 4 March 2026, 9:00–9:30 (Warsaw, UTC+1)" in told.text
    assert "at=2026-03-04T08%3A00Z" in told.text  # a wrong code comes back to the same page
    assert all("Your time" not in page for page in others)


@pytest.mark.parametrize("status", [404, 500])
async def test_where_the_portal_fails_with_what_it_holds_the_page_says_so_in_the_visitors_language(
    tmp_path: Path, status: int
) -> None:
    made = consultation(tmp_path)
    async with open_door(made) as door:
        broken = httpx.MockTransport(lambda request: httpx.Response(status, text="Something broke on our side"))
        door.app.edge.portal._client = httpx.AsyncClient(transport=broken)
        response = await door.client.get(f"/d/{made.deliver_token(version_id=7)}", headers={"accept-language": "pl"})

    assert response.status_code == status
    assert '<html lang="pl"' in response.text
    assert "broke" not in response.text
