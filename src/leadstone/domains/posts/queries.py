"""The only reads of posts and their figures."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.db.models import F, OuterRef, QuerySet, Subquery

from leadstone.domains.posts.models import Post, PostFigures
from leadstone.domains.posts.rules import Measure, Network, PostFilter, PostOrder, Reading
from leadstone.domains.posts.rules.reading import plain_address
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.folding import search_words

PAGE_SIZE = 50
NAME_CHARACTERS = 60


class NoSuchPost(LeadstoneError):
    code = "no_such_post"
    sentence = "There is no such post."


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """One post as its list and its card show it; `figures` are those of the latest day."""

    post_id: int
    network: Network
    text: str
    on: date
    address: str
    removed: bool
    link_id: int
    code: str
    campaign_id: int
    campaign_name: str
    magnet_id: int
    magnet_title: str
    language: str
    figures: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    rows: tuple[PostFacts, ...]
    number: int  # from 1
    has_next: bool
    total: int


def post(post_id: int) -> PostFacts:
    """Raises `NoSuchPost`."""
    row = _rows().filter(pk=post_id).first()
    if row is None:
        raise NoSuchPost
    return _with_figures([row])[0]


def posts(chosen: PostFilter, *, page: int = 1, size: int = PAGE_SIZE) -> PostPage:
    """One page of the list; a page beyond the end is empty."""
    rows, start = _matching(chosen), (max(page, 1) - 1) * size
    shown = list(rows[start : start + size + 1])
    return PostPage(
        rows=tuple(_with_figures(shown[:size])),
        number=max(page, 1),
        has_next=len(shown) > size,
        total=rows.order_by().count(),
    )


def each_post(chosen: PostFilter, *, at_once: int = 200) -> Iterator[list[PostFacts]]:
    """Every post of the list, some at a time, for an export."""
    waiting: list[Post] = []
    for row in _matching(chosen).iterator(chunk_size=at_once):
        waiting.append(row)
        if len(waiting) == at_once:
            yield _with_figures(waiting)
            waiting = []
    yield _with_figures(waiting)


def history(post_id: int) -> list[Reading]:
    """What stood under a post day by day, the latest first."""
    rows = PostFigures.objects.filter(post_id=post_id, taken_back_at=None).order_by("-on")
    return [_reading(row) for row in rows]


def reach_by_campaign(campaign_ids: Collection[int]) -> dict[int, int]:
    """Campaign id → how many its posts reached together, each by its latest day; who saw two of them counts twice.

    A campaign of whose posts nobody wrote down a reach is left out.
    """
    rows = _standing().filter(link__campaign_id__in=campaign_ids).annotate(reach=_latest("reach"))
    found: dict[int, int] = {}
    for campaign_id, reach in rows.values_list("link__campaign_id", "reach"):
        if reach is not None:
            found[campaign_id] = found.get(campaign_id, 0) + reach
    return found


def posts_of_links(link_ids: Collection[int]) -> dict[int, int]:
    """Link id → the post that it stands under, also one that was taken out; links of other places are left out."""
    if not link_ids:
        return {}
    return dict(Post.objects.filter(link__in=link_ids).values_list("link_id", "pk"))


def names(post_ids: Collection[int]) -> dict[int, str]:
    """Post id → how its text begins, in one line."""
    texts = Post.objects.filter(pk__in=post_ids).values_list("pk", "text")
    return {pk: shorten(text, NAME_CHARACTERS, placeholder="…") or str(pk) for pk, text in texts}


def ids_by_name() -> dict[str, int]:
    """Code of its link, and its address where it has one → id of a post, for files that name them so."""
    found: dict[str, int] = {}
    for pk, code, address in _standing().order_by("pk").values_list("pk", "link__code", "address"):
        found[code] = pk
        if address:
            found[plain_address(address)] = pk
    return found


def _standing() -> QuerySet[Post]:
    return Post.objects.filter(removed_at=None)


def _rows() -> QuerySet[Post]:
    return Post.objects.select_related("link__campaign", "link__magnet")


def _matching(chosen: PostFilter) -> QuerySet[Post]:
    rows = _rows().filter(removed_at=None)
    if chosen.network is not None:
        rows = rows.filter(network=chosen.network.value)
    if chosen.campaign_id is not None:
        rows = rows.filter(link__campaign_id=chosen.campaign_id)
    for word in search_words(chosen.search):
        rows = rows.filter(search__contains=word)
    if chosen.order is PostOrder.REACH:
        return rows.annotate(reach=_latest("reach")).order_by(F("reach").desc(nulls_last=True), "-on", "-pk")
    if chosen.order is PostOrder.NETWORK:
        return rows.order_by("network", "-on", "-pk")
    return rows.order_by("-on", "-pk")


def _latest(column: str) -> Subquery:
    rows = PostFigures.objects.filter(post=OuterRef("pk"), taken_back_at=None).order_by("-on")
    return Subquery(rows.values(column)[:1])


def _with_figures(rows: Collection[Post]) -> list[PostFacts]:
    days = PostFigures.objects.filter(post__in=[row.pk for row in rows], taken_back_at=None).order_by("on")
    latest = {row.post_id: _reading(row) for row in days}
    return [_facts(row, latest.get(row.pk)) for row in rows]


def _facts(row: Post, figures: Reading | None) -> PostFacts:
    return PostFacts(
        post_id=row.pk,
        network=Network(row.network),
        text=row.text,
        on=row.on,
        address=row.address,
        removed=row.removed_at is not None,
        link_id=row.link_id,
        code=row.link.code,
        campaign_id=row.link.campaign_id,
        campaign_name=row.link.campaign.name,
        magnet_id=row.link.magnet_id,
        magnet_title=row.link.magnet.title,
        language=row.link.magnet.language,
        figures=figures,
    )


def _reading(row: PostFigures) -> Reading:
    return Reading(post_id=row.post_id, on=row.on, **{measure.value: getattr(row, measure.value) for measure in Measure})
