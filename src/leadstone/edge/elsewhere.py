"""Forms and frames on pages of others: whose page it is, and what becomes of a form that stands in plain HTML there.

Such a form cannot carry a token of ours, so nothing that it sends is a submission. It lands on our page with what was typed, and
the form there, with its token, its limits and its exchange beside the button, is the one that is sent (decision 0012).
"""

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from leadstone.edge.asking import START
from leadstone.edge.context import Edge
from leadstone.edge.request import Request
from leadstone.edge.views import origin_of
from leadstone.wire.origin import pack_origin
from leadstone.wire.pages.form_view import FormName, Notice
from leadstone.wire.records import Origin

# What only a form of ours may say: a tick made beside other words is no consent, and a place in our questions is ours to give.
_OURS_TO_SAY = frozenset({FormName.TICKED, FormName.ORIGIN, FormName.PROOF, FormName.PACE, FormName.AT, FormName.MOVE})


class Whose(Enum):
    """Whose page a request comes from, as the browser says."""

    OURS = auto()
    ALLOWED = auto()
    STRANGE = auto()
    UNSAID = auto()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a form on somebody else's page brought: nothing, if that page may not send any."""

    notice: Notice
    status: int
    pairs: list[tuple[str, str]]
    origin: Origin


def whose_page(edge: Edge, request: Request) -> Whose:
    host = _host(request.header(b"origin")) or _host(request.header(b"referer"))
    if not host:
        return Whose.UNSAID
    if host in edge.now.hosts:
        return Whose.ALLOWED
    ours = {_host(edge.settings.public_url.encode()), _host(edge.now.bundle.studio_url.encode())}
    # An installation may be reached by another name than its public one; what a browser says here a page cannot forge.
    return Whose.OURS if host in ours or host == request.header(b"host").decode("latin-1").lower() else Whose.STRANGE


def brought_by(edge: Edge, request: Request, pairs: list[tuple[str, str]]) -> Brought | None:
    """None for a form with a token, which is judged by that, and for one of which nobody says that it stands elsewhere."""
    if any(name == FormName.TOKEN for name, _value in pairs):
        return None
    whose = whose_page(edge, request)
    if whose in {Whose.OURS, Whose.UNSAID}:
        return None
    origin = origin_of(request.query, request.header(b"referer") or request.header(b"origin"), own_host=edge.own_host)
    # Where there are questions before the form, they begin at the first one.
    ours = [(FormName.ORIGIN.value, pack_origin(origin)), (FormName.MOVE.value, START)]
    if whose is Whose.STRANGE:
        return Brought(Notice.STRANGE, 403, ours, origin)
    kept = [(name, value) for name, value in pairs if name not in _OURS_TO_SAY]
    return Brought(Notice.BROUGHT, 200, [*kept, *ours], origin)


def _host(address: bytes) -> str:
    """Host and port of an address or an origin; "" where it names none ("null" among them)."""
    try:
        return urlsplit(address.decode("ascii")).netloc.lower().rpartition("@")[2]
    except ValueError:
        return ""
