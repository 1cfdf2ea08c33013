"""When a provider's own server is asked again."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from leadstone.domains.inbound.rules import Trouble

_SECONDS = re.compile(r"[0-9]{1,6}")
LONGEST_WAIT = timedelta(hours=24)
WAITS: Mapping[Trouble, timedelta] = {
    # Nothing changes until somebody does something; and what they did there, nobody tells us.
    Trouble.TOKEN_OVER: timedelta(hours=6),
    Trouble.NO_RIGHT: timedelta(hours=6),
    Trouble.OLD_VERSION: timedelta(hours=6),
    Trouble.TOO_OFTEN: timedelta(minutes=15),
    Trouble.SILENT: timedelta(minutes=1),
}


def asks_from(trouble: Trouble, *, retry_after: str, now: datetime) -> datetime:
    """When a door asks again. `retry_after`: the header (RFC 9110 §10.2.3) in seconds; a date is not worth reading."""
    if _SECONDS.fullmatch(retry_after.strip()):
        return now + max(WAITS[Trouble.SILENT], min(timedelta(seconds=int(retry_after)), LONGEST_WAIT))
    return now + WAITS[trouble]
