"""What networks and messengers show beside a link to a magnet: its words, a picture from our own host, nobody's data."""

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from leadstone.kernel.language import Language
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.pages.areas.sharing.tags import TERRITORIES
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation, guide

pytestmark = pytest.mark.anyio

PICTURE = "share-0123456789abcdef0123456789abcdef.png"
PNG = b"\x89PNG\r\n\x1a\n picture"


class _Head(HTMLParser):
    """The tags of a page as a network reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("property") or told.get("name")
        if tag == "meta" and name:
            self.tags.setdefault(name, []).append(told.get("content") or "")


def tags_of(page: str) -> dict[str, list[str]]:
    head = _Head()
    head.feed(page)
    return {name: said for name, said in head.tags.items() if name.startswith(("og:", "twitter:"))}


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path)
    versions = (
        PublishedVersion(version_id=7, number=1, definition=guide(title='A "quote" & <b>more</b>')),
        PublishedVersion(version_id=8, number=1, definition=guide(title="Jak czytać ofertę", language="pl", promise="")),
    )
    made.magnets = [
        PublishedMagnet(slug="guide", magnet_id=1, versions=versions[:1], family="f", share_pictures={"7": PICTURE}),
        PublishedMagnet(slug="poradnik", magnet_id=2, versions=versions[1:], family="f"),
    ]
    made.publish()
    (made.folder.bundle / "files" / PICTURE).write_bytes(PNG)
    return made


async def test_a_link_to_a_magnet_is_shown_with_its_words_and_its_picture(door: Door) -> None:
    page = await door.client.get("/m/guide?utm_source=ann@example.com&via=abc", headers={"Accept-Language": "pl"})

    assert tags_of(page.text) == {
        "og:type": ["website"],
        "og:url": ["http://127.0.0.1:8110/m/guide"],
        "og:title": ['A "quote" & <b>more</b>'],
        "og:description": ["Five lines decide what you will pay."],
        "og:site_name": ["Ciepło Polskie"],
        "og:locale": ["en_GB"],
        "og:locale:alternate": ["pl_PL"],
        "og:image": [f"http://127.0.0.1:8110/s/{PICTURE}"],
        "og:image:type": ["image/png"],
        "og:image:width": ["1200"],
        "og:image:height": ["630"],
        "og:image:alt": ['A "quote" & <b>more</b>'],
        "twitter:card": ["summary_large_image"],
    }
    assert "ann@example.com" not in re.sub(r'name="origin" value="[^"]*"', "", page.text)
    assert len(page.content) < 50_000


async def test_a_magnet_of_another_language_says_so_and_without_a_picture_names_none(door: Door) -> None:
    tags = tags_of((await door.client.get("/m/poradnik", headers={"Accept-Language": "en"})).text)

    assert (tags["og:locale"], tags["og:locale:alternate"]) == (["pl_PL"], ["en_GB"])
    assert tags["twitter:card"] == ["summary"]
    assert not {"og:image", "og:description"} & tags.keys()


async def test_the_picture_may_be_kept_for_ever_and_can_act_as_nothing_else(door: Door) -> None:
    picture = await door.client.get(f"/s/{PICTURE}")

    assert (picture.status_code, picture.content, picture.headers["content-type"]) == (200, PNG, "image/png")
    assert picture.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert (await door.client.get(f"/s/{PICTURE.replace('0', '1')}")).status_code == 404


async def test_the_page_behind_a_form_and_a_withdrawn_magnet_are_not_for_sharing(door: Door, installation: Installation) -> None:
    assert not tags_of((await door.client.get("/m/guide/thanks/abc")).text)
    assert not tags_of((await door.client.get("/m/guide/embed")).text)

    installation.magnets = [msgspec.structs.replace(installation.magnets[0], live=False)]
    installation.publish()
    async with open_door(installation) as later:
        assert not tags_of((await later.client.get("/m/guide")).text)


def test_every_language_of_ours_has_the_name_that_networks_know() -> None:
    assert set(TERRITORIES) == set(Language)
