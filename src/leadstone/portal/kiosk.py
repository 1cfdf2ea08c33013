"""A device introduces itself with the secret of its link, and gives the public half of the key that it made for itself."""

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.kiosks import services as kiosks
from leadstone.portal.frame import from_our_own_page, moment, page
from leadstone.wire.kiosk import is_public_key


class Introduction(msgspec.Struct, frozen=True, kw_only=True):
    secret: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]
    public_key: Annotated[str, msgspec.Meta(max_length=130)]  # hex, an uncompressed point of P-256


def pair(request: HttpRequest) -> HttpResponse:
    """POST `/kiosk/pair`: `{"device": …}`, or `{"because": "dead"}` for a link that opens nothing, whatever the reason."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not from_our_own_page(request):
        return page("", status=403)
    try:
        said = msgspec.json.decode(request.body, type=Introduction)
    except msgspec.DecodeError:
        return _said({"because": "unreadable"})
    if not is_public_key(said.public_key):
        return _said({"because": "unreadable"})
    device = kiosks.pair(said.secret, public_key=said.public_key, now=moment(request))
    return _said({"device": device} if device else {"because": "dead"})


def _said(what: dict[str, str]) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(what), content_type="application/json", headers={"Cache-Control": "no-store"})
