"""Where a parcel goes, said anew by whoever holds its link: POST `/d/{token}/address`."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.capture.rules import check_fields
from leadstone.domains.grants.rules import STANDING
from leadstone.domains.magnets.rules import ships
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.rules import Address
from leadstone.domains.shipments.services import parcels
from leadstone.portal.frame import from_our_own_page, language_of, moment, not_ready, page, pages, see_other
from leadstone.portal.held import letter_of, read_link
from leadstone.portal.parcels import MENDABLE
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.definition import POSTAL, AskedField, FieldKey

_FIELDS = (FieldKey.NAME, *POSTAL)


def address(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the form, POST keeps what it says while the parcel is still here; then back to the parcel."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    renderer = pages()
    if renderer is None:
        return not_ready()
    found = read_link(token, now=moment(request))
    letter = letter_of(found)
    parcel = queries.parcel_of_grant(letter.grant_id) if letter else None
    if letter is None or parcel is None or letter.state not in STANDING or not ships(letter.definition):
        raise Http404
    language = language_of(request, default=letter.language)
    back = f"/d/{token}?lang={language.value}"
    if parcel.state not in MENDABLE:
        return see_other(back)
    typed = {key.value: request.POST.get(key.value, "") for key in _FIELDS} if request.method == "POST" else {}
    asked = [AskedField(key=key, reason="", required=key is not FieldKey.COUNTRY) for key in _FIELDS]
    checked = check_fields(asked, typed)
    if request.method == "POST" and checked.accepted and from_our_own_page(request):
        said = Address(**{key.value: checked.answers.get(key.value, "") for key in _FIELDS})
        parcels.correct_address(parcel.parcel_id, address=said, now=moment(request))
        return see_other(back)
    version = PublishedVersion(version_id=letter.version_id, number=0, definition=letter.definition)
    errors = checked.errors if request.method == "POST" else {}
    html = renderer.render(
        "shipments/address.html",
        language=language,
        magnet=version.definition,
        token=token,
        fields=[(key.value, key is not FieldKey.COUNTRY) for key in _FIELDS],
        typed=typed,
        errors=errors,
    )
    return page(html, status=422 if errors else 200)
