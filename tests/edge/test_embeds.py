"""Forms on pages of others: one gate, the pages of the allowed hosts only, and never a submission without a token of ours."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from leadstone.edge.settings import LimitSettings
from leadstone.edge.upkeep import write_counts
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import Origin, PagesViewed, SubmissionReceived
from tests.edge.door import Door, open_door, token_in
from tests.edge.installation import Installation, guide

pytestmark = pytest.mark.anyio

HOST = "https://www.cieplo.example"
FROM_HOST = {"Referer": f"{HOST}/", "Sec-Fetch-Dest": "iframe"}
FRAME = "/m/guide/embed"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path, hosts=("www.cieplo.example", "localhost:3000"))
    quiz = PublishedVersion(version_id=9, number=1, definition=QUIZ)
    made.magnets = [*made.magnets, PublishedMagnet(slug="quiz", magnet_id=2, versions=(quiz,))]
    made.publish()
    return made


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened


def submissions(installation: Installation) -> list[SubmissionReceived]:
    return [record for record in installation.journaled() if isinstance(record, SubmissionReceived)]


def ancestors(policy: str) -> list[str]:
    (directive,) = (part.split() for part in policy.split(";") if part.split()[0] == "frame-ancestors")
    return directive[1:]


async def test_only_pages_of_the_allowed_hosts_may_show_the_form_within_themselves(door: Door) -> None:
    framed = await door.client.get(FRAME, headers=FROM_HOST)
    own = await door.client.get("/m/guide")

    allowed = ["'self'", "http://127.0.0.1:8111", "www.cieplo.example", "http://localhost:3000"]
    assert ancestors(framed.headers["content-security-policy"]) == allowed
    assert ancestors(own.headers["content-security-policy"]) == allowed[:2]
    assert "noindex" in framed.headers["x-robots-tag"]
    assert "set-cookie" not in framed.headers


@pytest.mark.parametrize(
    "stranger", ["https://evil.example/", "https://www.cieplo.example.evil.example/", "http://localhost:3001/"]
)
async def test_a_page_of_another_host_gets_no_form(door: Door, stranger: str) -> None:
    refused = await door.client.get(FRAME, headers={"Referer": stranger, "Sec-Fetch-Dest": "iframe"})

    assert refused.status_code == 403
    assert 'name="token"' not in refused.text


async def test_the_frame_shows_the_exchange_beside_the_button_and_nothing_that_leads_away_within_it(door: Door) -> None:
    page = (await door.client.get(f"{FRAME}?lang=pl", headers=FROM_HOST)).text

    assert 'action="/m/guide/embed?lang=pl"' in page
    assert "We sell heating audits." in page
    assert 'class="brand"' not in page
    assert 'data-hosts="127.0.0.1:8110 127.0.0.1:8111 www.cieplo.example localhost:3000"' in page
    assert "<style" not in page
    assert "style=" not in page


async def test_a_form_in_the_frame_is_a_submission_like_any_other_and_its_thanks_stay_in_the_frame(
    door: Door, installation: Installation
) -> None:
    page = await door.client.get(f"{FRAME}?utm_campaign=spring", headers=FROM_HOST)
    origin = unescape(page.text.partition('name="origin" value="')[2].partition('"')[0])
    sent = await door.send(path=FRAME, token=token_in(page), name="Ann Lee", consent="newsletter-email", origin=origin)

    (kept,) = submissions(installation)
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/m/guide/embed/{kept.ref}"
    assert kept.ticked == ("newsletter-email",)
    assert kept.origin == Origin(campaign="spring", referrer_host="www.cieplo.example")
    thanks = await door.client.get(sent.headers["location"])
    assert thanks.status_code == 200
    assert "www.cieplo.example" in ancestors(thanks.headers["content-security-policy"])
    # The file does not open in a frame of somebody else's.
    assert f'action="/m/guide/thanks/{kept.ref}?lang=en" novalidate' in thanks.text.replace(' target="_blank"', "")
    assert 'method="post" target="_blank"' in thanks.text


async def test_errors_in_the_frame_stay_there_with_what_was_typed(door: Door, installation: Installation) -> None:
    refused = await door.send(path=FRAME, email="ann at example")

    assert refused.status_code == 422
    assert 'value="ann at example"' in refused.text
    assert 'action="/m/guide/embed?lang=en"' in refused.text
    assert "www.cieplo.example" in refused.headers["content-security-policy"]
    assert submissions(installation) == []


async def test_questions_are_asked_in_the_frame_too(door: Door) -> None:
    first = await door.client.get("/m/quiz/embed", headers=FROM_HOST)
    question = await door.client.post("/m/quiz/embed", data={"token": token_in(first), "move": "start"})

    assert 'action="/m/quiz/embed' in first.text
    assert 'action="/m/quiz/embed' in question.text
    assert "www.cieplo.example" in question.headers["content-security-policy"]


async def test_a_time_is_chosen_in_a_tab_of_its_own(door: Door, installation: Installation) -> None:
    version = PublishedVersion(version_id=8, number=1, definition=guide(kind="consultation", asset=None))
    installation.magnets = [PublishedMagnet(slug="talk", magnet_id=3, versions=(version,))]
    installation.publish()
    door.app.edge.shelf.look()

    page = (await door.client.get("/m/talk/embed", headers=FROM_HOST)).text
    assert '<form method="get" target="_blank" action="/book/talk"' in page


async def test_what_is_no_longer_offered_says_so_in_the_frame(door: Door, installation: Installation) -> None:
    version = PublishedVersion(version_id=7, number=1, definition=guide())
    installation.magnets = [PublishedMagnet(slug="guide", magnet_id=1, versions=(version,), live=False)]
    installation.publish()
    door.app.edge.shelf.look()

    for path, status in ((FRAME, 410), ("/m/nothing/embed", 404)):
        answer = await door.client.get(path, headers=FROM_HOST)
        assert answer.status_code == status
        assert "www.cieplo.example" in answer.headers["content-security-policy"]
        assert 'href="/" target="_blank"' in answer.text


async def test_the_address_of_the_frame_opened_by_itself_leads_to_the_page(door: Door) -> None:
    answer = await door.client.get(
        f"{FRAME}?lang=pl", headers={"Sec-Fetch-Dest": "document", "Referer": "https://search.example/"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/m/guide?lang=pl")


async def test_the_limits_of_the_form_hold_in_the_frame(installation: Installation) -> None:
    limits = LimitSettings(all_free=1, network_free=1, without_proof=0)
    async with open_door(installation, limits=limits) as door:
        answers = [await door.send(path=FRAME, email=f"a{number}@example.com") for number in range(4)]

    assert [each.status_code for each in answers] == [303, 429, 429, 429]
    assert 'action="/m/guide/embed?lang=en"' in answers[-1].text
    assert len(submissions(installation)) == 1


async def test_a_filled_trap_in_the_frame_is_marked_as_everywhere(door: Door, installation: Installation) -> None:
    await door.send(path=FRAME, website="https://spam.example")

    assert submissions(installation)[0].suspicion == "honeypot"


PLAIN = {"email": "ann@example.com", "name": "Ann Lee"}


async def test_a_plain_form_of_an_allowed_page_lands_on_ours_with_what_was_typed_and_is_sent_by_one_press(
    door: Door, installation: Installation
) -> None:
    landed = await door.client.post(
        "/m/guide?utm_source=blog", data=PLAIN, headers={"Origin": HOST, "Referer": f"{HOST}/kontakt"}
    )

    assert landed.status_code == 200
    assert 'value="ann@example.com"' in landed.text
    assert 'value="Ann Lee"' in landed.text
    assert "One press more" in landed.text
    assert "We sell heating audits." in landed.text
    assert submissions(installation) == []

    origin = unescape(landed.text.partition('name="origin" value="')[2].partition('"')[0])
    sent = await door.client.post("/m/guide", data=PLAIN | {"token": token_in(landed), "origin": origin})
    (kept,) = submissions(installation)
    assert sent.status_code == 303
    assert kept.origin == Origin(source="blog", referrer_host="www.cieplo.example")
    await write_counts(door.app.edge)
    seen = [count for record in installation.journaled() if isinstance(record, PagesViewed) for count in record.counts]
    assert [(count.source, count.people) for count in seen] == [("blog", 1)]


async def test_a_tick_on_another_page_is_no_consent_and_no_word_of_it_comes_along(door: Door, installation: Installation) -> None:
    foreign = PLAIN | {"consent": "newsletter-email", "origin": "source=lie", "website": "", "pace": "x"}
    landed = await door.client.post("/m/guide", data=foreign, headers={"Origin": HOST})

    assert "checked" not in landed.text
    assert "lie" not in landed.text
    assert submissions(installation) == []


async def test_a_form_of_a_page_that_may_not_send_keeps_nothing_and_shows_an_empty_one(
    door: Door, installation: Installation
) -> None:
    for path in ("/m/guide", FRAME):
        landed = await door.client.post(path, data=PLAIN, headers={"Origin": "https://evil.example"})
        assert landed.status_code == 403
        assert "ann@example.com" not in landed.text
        assert token_in(landed)
    assert submissions(installation) == []


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://door.test"}, {"Origin": "http://127.0.0.1:8110"}])
async def test_a_form_without_a_token_that_names_no_other_page_is_asked_for_once_more(
    door: Door, installation: Installation, headers: dict[str, str]
) -> None:
    again = await door.client.post("/m/guide", data=PLAIN, headers=headers)

    assert again.status_code == 422
    assert 'value="ann@example.com"' in again.text
    assert submissions(installation) == []


async def test_a_quiz_that_is_begun_by_a_form_elsewhere_begins_with_its_first_question(
    door: Door, installation: Installation
) -> None:
    begun = await door.client.post("/m/quiz", data={"email": "ann@example.com", "move": "next"}, headers={"Origin": HOST})

    assert begun.status_code == 200
    assert 'name="at" value="stage"' in begun.text
    assert submissions(installation) == []


@pytest.mark.parametrize("origin", ["https://[::1", "https://\xff", "x" * 3000, "javascript:alert(1)"])
async def test_an_origin_that_is_none_breaks_nothing(door: Door, origin: str) -> None:
    answer = await door.client.post("/m/guide", data=PLAIN, headers={"Origin": origin.encode("latin-1")})

    assert answer.status_code in {403, 422}
