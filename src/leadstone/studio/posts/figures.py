"""How far posts reached, and who came of them: side by side, and never added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from leadstone.domains.access.rules import Reader
from leadstone.domains.campaigns.queries.links import links
from leadstone.domains.posts.queries import PostFacts
from leadstone.studio.campaigns.figures import rows_of_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Who came by the link of a post: visits by people, leads as far as the reader sees them, and customers among those."""

    visits: int = 0
    leads: int = 0
    customers: int = 0


def came_of(posts: Sequence[PostFacts], *, reader: Reader) -> dict[int, Came]:
    """Post id → who came of it. A fixed number of queries."""
    found = links([post.link_id for post in posts])
    rows = {row.link.link_id: row for row in rows_of_links(list(found.values()), reader=reader)}
    return {
        post.post_id: Came(
            visits=rows[post.link_id].figures.uses,
            leads=rows[post.link_id].leads,
            customers=rows[post.link_id].customers,
        )
        for post in posts
    }
