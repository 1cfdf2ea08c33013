"""Whoever got what was promised can tell others of it: by a page's address that names nobody, and through no third party."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from leadstone.domains.sources.rules import ChannelType, channel_of
from leadstone.kernel.language import Language
from leadstone.wire.records import Origin
from tests.pages.gallery import SLUG, TOKEN, galleries


def shared_in(page: str) -> str:
    found = re.search(r'id="shared" readonly value="([^"]*)"', page)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("language", Language)
def test_what_is_shared_is_the_page_and_never_the_link_of_the_one_who_shares(language: Language) -> None:
    page = galleries()[language].delivery()

    address = shared_in(page)

    assert urlsplit(address).path == f"/m/{SLUG}"
    assert TOKEN not in address
    mail = unescape(re.findall(r'href="(mailto:[^"]*)"', page)[0])
    assert TOKEN not in mail
    assert parse_qs(urlsplit(mail).query)["body"][0].splitlines()[1] == address


def test_who_comes_by_it_counts_as_sent_by_somebody_who_knows_us() -> None:
    said = parse_qs(urlsplit(shared_in(galleries()[Language.POLISH].delivery())).query)

    assert channel_of(Origin(medium=said["utm_medium"][0])) is ChannelType.REFERRAL
