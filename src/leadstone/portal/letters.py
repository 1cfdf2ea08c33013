"""Other topics, chosen on the page of the subscription: its link is the proof."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from leadstone.domains.grants.rules import STANDING, GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.flows import preferences
from leadstone.portal.frame import from_our_own_page, language_of, moment, page, see_other
from leadstone.portal.held import letter_of, read_link


def choose_topics(request: HttpRequest, token: str) -> HttpResponse:
    """POST `/d/{token}/letters` with each `topic` that is ticked; 303 back to the page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    letter = letter_of(read_link(token, now=moment(request)))
    if letter is None or GrantState(letter.state) not in STANDING:
        raise Http404
    if not from_our_own_page(request):
        return page("", status=403)
    magnet_id = magnets.magnet_ids([letter.version_id])[letter.version_id]
    chosen = request.POST.getlist("topic")
    preferences.choose_topics(letter.contact_id, magnet_id=magnet_id, topics=chosen, now=moment(request))
    return see_other(f"/d/{token}?lang={language_of(request, default=letter.definition.language)}")
