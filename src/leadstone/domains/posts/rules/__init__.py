"""Posts, where they stand, and what a network says of them on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LARGEST_NUMBER = 2_000_000_000  # more people than any network has


class Network(StrEnum):
    """Where a post stands."""

    FACEBOOK = "facebook"
    X = "x"
    PINTEREST = "pinterest"
    INSTAGRAM = "instagram"
    LINKEDIN = "linkedin"
    OTHER = "other"


class Measure(StrEnum):
    """What networks count. None of it is a lead: a lead is somebody who came and said who they are."""

    REACH = "reach"
    IMPRESSIONS = "impressions"
    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"


class PostOrder(StrEnum):
    NEWEST = "newest"  # by the day on which it was published
    REACH = "reach"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """What a list of posts shows."""

    network: Network | None = None
    campaign_id: int | None = None
    search: str = ""
    order: PostOrder = PostOrder.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What stood under a post on one day, since it was published; None where nobody looked."""

    post_id: int
    on: date
    reach: int | None = None
    impressions: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None

    @property
    def says_something(self) -> bool:
        return any(getattr(self, measure.value) is not None for measure in Measure)
