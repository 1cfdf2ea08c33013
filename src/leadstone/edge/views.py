"""How often each version was seen and its questions begun, from where, by people and by machines; counted in memory, journaled as
totals."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from leadstone.wire.link_codes import read_link_code
from leadstone.wire.origin import label
from leadstone.wire.records import Origin, ViewCount

MOST_SOURCES = 5000  # one flush; beyond it views of new sources are counted under the version alone
LINK = "via"  # where an address line names the tracked link that led here

_Key = tuple[int, str, str, str, str]  # version, source, medium, campaign, link


class Views:
    """Totals since the last `take`."""

    def __init__(self) -> None:
        self._counts: dict[_Key, list[int]] = {}  # seen by people, by machines; begun by people, by machines

    def add(self, version_id: int, origin: Origin | None, *, machine: bool) -> None:
        """The page was seen."""
        self._count(version_id, origin)[machine] += 1

    def begun(self, version_id: int, origin: Origin, *, machine: bool) -> None:
        """The first question on it was answered."""
        self._count(version_id, origin)[2 + machine] += 1

    def _count(self, version_id: int, origin: Origin | None) -> list[int]:
        source = (origin.source or origin.referrer_host) if origin else ""
        key = (version_id, source, origin.medium, origin.campaign, origin.link) if origin else (version_id, "", "", "", "")
        count = self._counts.get(key)
        if count is None:
            if len(self._counts) >= MOST_SOURCES:
                key = (version_id, "", "", "", "")
            count = self._counts.setdefault(key, [0, 0, 0, 0])
        return count

    def take(self) -> tuple[ViewCount, ...]:
        taken, self._counts = self._counts, {}
        return tuple(
            ViewCount(
                version_id=version_id,
                source=source,
                medium=medium,
                people=people,
                machines=machines,
                campaign=campaign,
                link=link,
                begun=begun,
                begun_by_machines=begun_by_machines,
            )
            for (version_id, source, medium, campaign, link), (people, machines, begun, begun_by_machines) in taken.items()
        )

    def put_back(self, counts: tuple[ViewCount, ...]) -> None:
        """What `take` gave could not be journaled: it counts again."""
        for count in counts:
            key = (count.version_id, count.source, count.medium, count.campaign, count.link)
            told = (count.people, count.machines, count.begun, count.begun_by_machines)
            waiting = self._counts.setdefault(key, [0, 0, 0, 0])
            for place, number in enumerate(told):
                waiting[place] += number


def origin_of(query: Mapping[str, str], referrer: bytes, *, own_host: str) -> Origin:
    """What the address line and the referrer say of a visit; our own pages are nobody's source.

    Whoever changes the language of a page comes from that page, whose address line still says where they came from first.
    """
    host = _host_of(referrer)
    if host == own_host and not any(name == LINK or name.startswith("utm_") for name in query):
        query = _query_of(referrer)
    return Origin(
        source=label(query.get("utm_source", "")),
        medium=label(query.get("utm_medium", "")),
        campaign=label(query.get("utm_campaign", "")),
        term=label(query.get("utm_term", "")),
        content=label(query.get("utm_content", "")),
        referrer_host="" if host == own_host else host,
        link=read_link_code(query.get(LINK, "")),
    )


@lru_cache(maxsize=4096)
def _query_of(referrer: bytes) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(urlsplit(referrer.decode("ascii")).query, max_num_fields=50))
    except ValueError:
        return {}


@lru_cache(maxsize=4096)
def _host_of(referrer: bytes) -> str:
    try:
        return label((urlsplit(referrer.decode("ascii")).hostname or "").lower())
    except ValueError:
        return ""
