"""What Ciepło Polskie said in social networks: far reach, few visits, and here and there somebody who came."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.posts import queries
from leadstone.domains.posts.rules import Network, Reading
from leadstone.domains.posts.services import PostWords, record_figures, write_post
from leadstone.domains.tracking.services import LinkKey, add_link_uses

ADDRESS = {
    Network.FACEBOOK: "https://www.facebook.com/example.cieplo/posts/{number}",
    Network.LINKEDIN: "https://www.linkedin.com/posts/example-cieplo-{number}",
    Network.INSTAGRAM: "https://www.instagram.com/p/example{number}/",
    Network.PINTEREST: "https://www.pinterest.com/pin/example{number}/",
}


@dataclass(frozen=True)
class Said:
    """One post. `numbers`: reach, impressions, likes, comments and shares of the latest day."""

    campaign: str
    slug: str
    network: Network
    days_ago: int
    visits: int
    numbers: tuple[int, int, int, int, int]
    text: str


POSTS = (
    Said(
        "pompy-jesien",
        "cieply-dom",
        Network.FACEBOOK,
        34,
        96,
        (12_400, 18_900, 214, 71, 38),
        "Pompa ciepła w starym domu? Zanim zapytasz o cenę, zadaj sobie dziesięć innych pytań. Zebraliśmy je w poradniku.",
    ),
    Said(
        "jesien",
        "oferta",
        Network.LINKEDIN,
        27,
        41,
        (2_150, 3_300, 63, 12, 9),
        "Trzy oferty, trzy różne ceny i żadnej nie da się porównać? Pokazujemy, co w ofercie musi być.",
    ),
    Said(
        "dom-bez-dymu",
        "cieply-dom",
        Network.INSTAGRAM,
        20,
        17,
        (5_820, 7_410, 402, 18, 22),
        "Kulisy nagrania „Dom bez dymu”. Link do poradnika, o którym mówimy w odcinku, jest w opisie.",
    ),
    Said(
        "radio-zima",
        "oferta",
        Network.FACEBOOK,
        13,
        29,
        (31_700, 44_000, 118, 203, 15),
        "Słyszeliście nas w radiu? Pytacie o dotacje, więc odpowiadamy: co się zmienia i na kiedy złożyć wniosek.",
    ),
    Said(
        "jesien",
        "przed-zima",
        Network.PINTEREST,
        9,
        11,
        (940, 1_600, 37, 0, 51),
        "Lista na ścianę kotłowni: co sprawdzić przed zimą. Do wydruku na jednej kartce.",
    ),
)


@dataclass(frozen=True)
class Posted:
    """The link of a post: to which magnet, since how many days."""

    slug: str
    days_ago: int
    link_id: int
    code: str


def tell_posts(campaigns: Mapping[str, int], *, by: int, now: datetime) -> list[Posted]:
    """Each post a week after it was published, and as it stands now. `campaigns`: key → id. Returns their links."""
    posted = []
    chance = random.Random(37)
    for number, said in enumerate(POSTS, start=1):
        at = now - timedelta(days=said.days_ago)
        address = ADDRESS[said.network].format(number=1000 + number)
        magnet = magnets.by_slug(said.slug)
        assert magnet is not None
        post_id = write_post(
            PostWords(network=said.network, text=said.text, on=at.date(), address=address),
            key=uuid5(NAMESPACE_URL, address),
            campaign_id=campaigns[said.campaign],
            magnet_id=magnet.pk,
            by=by,
            now=at,
        )
        for day, share in ((at + timedelta(days=2), 0.55), (at + timedelta(days=7), 1.0)):
            reach, impressions, likes, comments, shares = (round(each * share) for each in said.numbers)
            told = Reading(
                post_id=post_id,
                on=day.date(),
                reach=reach,
                impressions=impressions,
                likes=likes,
                comments=comments,
                shares=shares,
            )
            record_figures([told], by=by, now=day)
        written = queries.post(post_id)
        posted.append(Posted(said.slug, said.days_ago, written.link_id, written.code))
        link_id, first = written.link_id, round(said.visits * 0.7)
        uses = {LinkKey(link_id, at.date(), "t"): (first, chance.randint(2, 9))}
        uses[LinkKey(link_id, (at + timedelta(days=1)).date(), "t")] = (said.visits - first, chance.randint(0, 3))
        add_link_uses(uses)
    return posted
