"""One post: what it says, how far it reached, and who came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.posts import queries
from leadstone.domains.posts.queries import PostFacts
from leadstone.infra.share_pictures import SIZES, Shape
from leadstone.studio.campaigns.card import public_address
from leadstone.studio.posts.figures import came_of
from leadstone.studio.posts.finding import find_post
from leadstone.studio.posts.forms import FiguresForm
from leadstone.studio.posts.words import NETWORK
from leadstone.studio.shell.gate import needs, reader
from leadstone.wire.link_codes import spelled


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def post_card(request: HttpRequest, post_id: int) -> HttpResponse:
    """Everything about one post on one page."""
    return card_page(request, find_post(post_id))


def card_page(request: HttpRequest, post: PostFacts, *, form: FiguresForm | None = None, status: int = 200) -> HttpResponse:
    """The card, with what was typed into its form and is wrong."""
    history = queries.history(post.post_id)
    facts = {
        "post": post,
        "network": NETWORK[post.network],
        "came": came_of([post], reader=reader(request))[post.post_id],
        "address": public_address(post.code, paper=False),
        "code": spelled(post.code),
        "history": history,
        "shapes": [(shape.value, *SIZES[shape]) for shape in Shape],
        "form": form or FiguresForm(initial={"on": timezone.localdate()}, auto_id="figures-%s"),
        "form_open": form is not None or not history,
    }
    return render(request, "posts/card.html", facts, status=status)
