"""The six digits of a mail, typed into the page that was open all the time."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import CodeRefusal
from leadstone.flows.results import results
from leadstone.flows.visitor_acts import code_entered
from leadstone.infra.keys import core_keys
from leadstone.portal.frame import from_our_own_page, language_of, moment, not_ready, page, pages, see_other
from leadstone.wire.tokens import Signer, mint_deliver

LONGEST_CODE = 12
# The same words for a wrong code, an old one, and a page that nobody knows.
_WORDS = {CodeRefusal.WRONG: "wrong", CodeRefusal.TOO_MANY: "too_many"}


def check_code(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """POST `/m/{slug}/thanks/{ref}` with `code`: 303 to the file when it is right, else the same page with a reason."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    renderer = pages()
    if renderer is None:
        return not_ready()
    magnet = next((each for each in renderer.bundle.magnets if each.slug == slug), None)
    if magnet is None:
        raise Http404
    if not from_our_own_page(request):
        return page("", status=403)
    code = "".join(c for c in request.POST.get("code", "")[:LONGEST_CODE] if c in "0123456789")
    outcome = code_entered(ref=ref[:40], code=code, now=moment(request))
    language = language_of(request, default=magnet.current.definition.language)
    if outcome.grant_id is None:
        word, said = _WORDS[outcome.because or CodeRefusal.WRONG], magnet.numbered(request.GET.get("v", ""))
        return page(renderer.thanks(said, slug, ref, language=language, code_error=word, chosen=request.GET.dict()), status=422)
    query = f"?lang={language}" if "lang" in request.GET else ""
    return see_other(f"/d/{_deliver_token(outcome.grant_id, request)}{query}")


def _deliver_token(grant_id: int, request: HttpRequest) -> str:
    letter = grants.letter_facts([grant_id])[grant_id]
    result = results({grant_id: letter}, forms={}).get(grant_id)
    return mint_deliver(
        Signer(core_keys(settings.FOLDER).token_seed),
        grant_key=letter.grant_key,
        version_id=result.version_id if result else letter.version_id,
        expires_at=moment(request) + timedelta(days=letter.definition.link_days),
        result=result.code if result else b"",
    )
