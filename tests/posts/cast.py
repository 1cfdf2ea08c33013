"""Posts that tests begin with."""

from datetime import date
from uuid import UUID, uuid4

from leadstone.domains.posts.queries import PostFacts, post
from leadstone.domains.posts.rules import Network
from leadstone.domains.posts.services import PostWords, write_post
from tests.campaigns.cast import campaign
from tests.cast import MONDAY, Guide


def words(**changes: object) -> PostWords:
    told: dict[str, object] = {"network": Network.FACEBOOK, "text": "Czy dach wytrzyma zimę?", "on": date(2026, 1, 2)}
    return PostWords(**(told | changes))  # type: ignore[arg-type]  # the keys are those of the words


def post_of(guide: Guide, campaign_id: int = 0, *, key: UUID | None = None, **changes: object) -> PostFacts:
    written = write_post(
        words(**changes),
        key=key or uuid4(),
        campaign_id=campaign_id or campaign(),
        magnet_id=guide.magnet_id,
        by=None,
        now=MONDAY,
    )
    return post(written)
