"""The archive and the feed at the public door."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import msgspec
import pytest

from leadstone.wire.bundle import Bundle, PublishedIssue, PublishedMagnet, PublishedVersion
from leadstone.wire.letter_body import read_body
from leadstone.wire.records import SubmissionReceived
from tests.edge.door import Door, open_door, token_in
from tests.edge.installation import Installation
from tests.newsletters.making import newsletter_definition

pytestmark = pytest.mark.anyio

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NASTY = 'R&D <b>"soon"</b> ]]> \u0141\u00f3d\u017a'


def issue(number: int, **changes: object) -> PublishedIssue:
    made = PublishedIssue(
        key=str(UUID(int=number)),
        number=number,
        language="en",
        subject=f"Letter {number}",
        preheader="What we measured",
        topics=("From practice",),
        blocks=read_body("Hello,\n\n- see [the table](https://warm.example/t?a=1&b=2)\n\n<script>alert(1)</script>"),
        at=datetime(2026, number, 5, 8, tzinfo=UTC),
    )
    return msgspec.structs.replace(made, **changes)


class News(Installation):
    letters: dict[str, tuple[PublishedIssue, ...]] = {}

    def publish(self, **changes: object) -> None:
        super().publish()
        manifest = self.root / "bundle" / "manifest.json"
        bundle = msgspec.json.decode(manifest.read_bytes(), type=Bundle)
        manifest.write_bytes(msgspec.json.encode(msgspec.structs.replace(bundle, letters=self.letters)))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    version = PublishedVersion(version_id=9, number=1, definition=newsletter_definition())
    made = News(tmp_path, magnets=[PublishedMagnet(slug="letters", magnet_id=2, versions=(version,))])
    made.letters = {"letters": (issue(3, subject=NASTY), issue(2), issue(1, language="pl"))}
    made.publish()
    async with open_door(made) as opened:
        opened.made = made  # type: ignore[attr-defined]
        yield opened


async def test_the_page_of_a_newsletter_shows_its_last_letters_and_its_topics_unticked(door: Door) -> None:
    page = await door.client.get("/m/letters")

    assert page.status_code == 200
    assert "Letter 2" in page.text
    assert page.text.count('type="checkbox" name="q.topics"') == 2
    assert "checked" not in page.text
    assert 'name="consent" value="newsletter-email"' in page.text
    assert "set-cookie" not in page.headers
    assert len(page.content) < 50_000


async def test_one_act_subscribes_and_nothing_less(door: Door) -> None:
    token = token_in(await door.client.get("/m/letters"))
    told = {"token": token, "origin": "", "email": "ann@home.example"}

    no_topic = await door.client.post("/m/letters", data=told | {"consent": "newsletter-email"})
    no_button = await door.client.post("/m/letters", data=told | {"q.topics": "practice"})
    unknown = await door.client.post("/m/letters", data=told | {"q.topics": "castle", "consent": "newsletter-email"})
    sent = await door.client.post("/m/letters", data=told | {"q.topics": ["practice", "rules"], "consent": "newsletter-email"})

    assert [no_topic.status_code, no_button.status_code, unknown.status_code, sent.status_code] == [422, 422, 422, 303]
    assert "Please choose an answer." in no_topic.text
    assert "Please press the button below the form" in no_button.text
    assert 'value="practice" checked' in no_button.text
    kept = door.made.journaled()  # type: ignore[attr-defined]
    (record,) = [each for each in kept if isinstance(each, SubmissionReceived)]
    assert (record.answers["q.topics"], record.ticked) == ("practice rules", ("newsletter-email",))


async def test_each_letter_has_a_page_in_its_own_language_without_anything_that_runs(door: Door) -> None:
    listed = await door.client.get("/m/letters/letters")
    letter = await door.client.get("/m/letters/letters/3")
    polish = await door.client.get("/m/letters/letters/1")

    assert [listed.status_code, letter.status_code, polish.status_code] == [200, 200, 200]
    assert "<script>alert" not in letter.text
    assert "&lt;script&gt;alert(1)" in letter.text
    assert "R&amp;D &lt;b&gt;" in listed.text
    assert '<h1 dir="auto" lang="pl">' in polish.text
    assert 'href="https://warm.example/t?a=1&amp;b=2"' in letter.text
    for page in (listed, letter, polish):
        assert "set-cookie" not in page.headers
        assert len(page.content) < 50_000


@pytest.mark.parametrize("path", ["/m/letters/letters/9", "/m/letters/letters/x", "/m/none/letters", "/m/none/feed.xml"])
async def test_what_was_never_published_is_not_there(door: Door, path: str) -> None:
    assert (await door.client.get(path)).status_code == 404


async def test_nothing_but_get_is_answered(door: Door) -> None:
    assert (await door.client.post("/m/letters/feed.xml")).status_code == 405


@pytest.mark.parametrize("path", ["/m/letters/letters", "/m/letters/letters/2", "/m/letters/feed.xml"])
async def test_a_reader_that_has_it_already_is_told_so(door: Door, path: str) -> None:
    first = await door.client.get(path)

    by_tag = await door.client.get(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    by_date = await door.client.get(path, headers={"if-modified-since": first.headers["last-modified"]})
    older = await door.client.get(path, headers={"if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT"})
    other = await door.client.get(path, headers={"if-none-match": '"other"'})

    assert [by_tag.status_code, by_date.status_code, older.status_code, other.status_code] == [304, 304, 200, 200]
    assert by_tag.content == b""
    assert parsedate_to_datetime(first.headers["last-modified"]).year == 2026


async def test_the_feed_is_what_rfc_4287_asks_for(door: Door) -> None:
    answer = await door.client.get("/m/letters/feed.xml")
    feed = ElementTree.fromstring(answer.content)

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == "en"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/m/letters/feed.xml")
    assert links["alternate"].endswith("/m/letters/letters")
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids == [f"urn:uuid:{UUID(int=n)}" for n in (3, 2, 1)]
    assert entries[0].findtext(f"{ATOM}title") == NASTY
    moments = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert "<script>" not in (content.text or "")
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
