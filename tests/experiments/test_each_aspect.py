"""Page, promise, form and gate, each from the start in the core to the public door: B says it, A does not, and whoever sends the
form is counted for what they were shown. (The mail: `test_the_whole_way`.)"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from leadstone.domains.capture.models import Submission
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.flows.experiments_judged import figures_of
from leadstone.wire.definition import AskedField, FieldKey
from tests.edge.door import PERSON, Door, open_door, token_in
from tests.edge.installation import Installation
from tests.experiments.test_the_whole_way import blobs, folder, house
from tests.worker.conftest import House

__all__ = ["blobs", "folder", "house"]

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

VISITORS = 20
EMAIL_ALONE = (AskedField(key=FieldKey.EMAIL, reason="to send the guide", required=True),)
READ_AT_ONCE = "https://www.example.com/read-it-at-once"


@pytest.mark.parametrize(
    ("aspect", "overlay", "says"),
    [
        (Aspect.PAGE, Overlay(button="Read what it costs"), (">Send me the guide<", ">Read what it costs<")),
        (
            Aspect.PROMISE,
            Overlay(title="A warm house without gas"),
            ("Heating without gas</h1>", "A warm house without gas</h1>"),
        ),
        (Aspect.FORM, Overlay(asks=EMAIL_ALONE), ('name="company"', "")),
        (Aspect.GATE, Overlay(without_email_url=READ_AT_ONCE), ("", f'href="{READ_AT_ONCE}"')),
    ],
    ids=["page", "promise", "form", "gate"],
)
def test_b_says_it_a_does_not_and_the_form_stays_where_it_was_shown(
    house: House, started: Callable[..., ExperimentFacts], aspect: Aspect, overlay: Overlay, says: tuple[str, str]
) -> None:
    facts = started(aspect=aspect, overlay=overlay)
    house.work(datetime.now(UTC))

    shown = asyncio.run(_asked_by_many(house, says=says))
    house.work(datetime.now(UTC) + timedelta(seconds=5))

    assert set(shown.values()) == {"a", "b"}
    came = dict(Submission.objects.values_list("ref", "version_id"))
    assert len(came) == VISITORS
    assert Counter(came.values()) == Counter(facts.version_ids[arm] for arm in shown.values())
    figures = dict(zip("ab", figures_of(facts, since=facts.started_at or datetime.now(UTC)), strict=True))
    assert {arm: (told.visits, told.forms) for arm, told in figures.items()} == {
        arm: (number, number) for arm, number in Counter(shown.values()).items()
    }


async def _asked_by_many(house: House, *, says: tuple[str, str]) -> dict[int, str]:
    """Twenty browsers look twice and send the form; number → the arm that they saw, the same each time."""
    async with open_door(Installation(house.folder.root)) as door:
        return {number: await _asked(door, number, says=says) for number in range(VISITORS)}


async def _asked(door: Door, number: int, *, says: tuple[str, str]) -> str:
    who = {"User-Agent": f"{PERSON} build/{number}"}
    pages = [await door.client.get("/m/guide", headers=who) for _ in range(2)]
    arms = {_arm(page.text, says=says) for page in pages}
    assert len(arms) == 1
    sent = await door.send(token=token_in(pages[0]), email=f"visitor{number}@example.com")
    assert sent.status_code == 303
    assert all("set-cookie" not in answer.headers for answer in (*pages, sent))
    return arms.pop()


def _arm(page: str, *, says: tuple[str, str]) -> str:
    a_says, b_says = says
    says_a, says_b = bool(a_says) and a_says in page, bool(b_says) and b_says in page
    assert not (says_a and says_b)
    return "b" if says_b or (a_says and not says_a) else "a"
