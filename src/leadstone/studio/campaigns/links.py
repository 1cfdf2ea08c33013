"""The links of a campaign: made, and taken along as codes, pictures and sheets of cards."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.brand import queries as brand
from leadstone.domains.campaigns.queries.links import LinkFacts, links_of
from leadstone.domains.campaigns.rules import Place
from leadstone.domains.campaigns.services import links as services
from leadstone.infra.cards import GRIDS, Card, cards_pdf, qr_png, qr_svg
from leadstone.studio.campaigns.card import ON_PAPER, card_page, public_address
from leadstone.studio.campaigns.figures import LinkRow, link_rows
from leadstone.studio.campaigns.finding import find_campaign, find_link
from leadstone.studio.campaigns.forms import LinkForm
from leadstone.studio.campaigns.words import PLACE
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.wire.link_codes import spelled

USUAL_GRID = "8"

COLUMNS: Columns[LinkRow] = (
    (_("What you call it"), lambda row: row.link.label),
    (_("Code"), lambda row: spelled(row.link.code)),
    (_("Address"), lambda row: public_address(row.link.code, paper=row.link.place in ON_PAPER)),
    (_("Leads to"), lambda row: row.link.magnet_title),
    (_("Where it stands"), lambda row: str(PLACE[row.link.place])),
    (_("Scanned or typed"), lambda row: str(row.figures.scanned)),
    (_("Clicked"), lambda row: str(row.figures.opened)),
    (_("By machines"), lambda row: str(row.figures.machines)),
    (_("Views"), lambda row: str(row.figures.views)),
    (_("Leads"), lambda row: str(row.leads)),
    (_("Customers"), lambda row: str(row.customers)),
)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def link_add(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One link, or a batch of codes for letters."""
    found, form = find_campaign(campaign_id), LinkForm(request.POST, auto_id="link-%s")
    if not form.is_valid():
        return card_page(request, found, link_form=form, status=422)
    made = services.add_links(
        campaign_id=campaign_id,
        magnet_id=int(form.cleaned_data["magnet"]),
        labels=form.labels(),
        place=Place(form.cleaned_data["place"]),
        by=actor(request).pk,
        now=timezone.now(),
    )
    words = ngettext(
        "The link is made. It leads on within seconds.", "%(num)s links are made. They lead on within seconds.", len(made)
    )
    messages.success(request, words % {"num": len(made)})
    return redirect(f"{reverse('campaign', args=[campaign_id])}#links")


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def links_csv(request: HttpRequest, campaign_id: int) -> StreamingHttpResponse:
    """Every link of the campaign as a file: for the printer of the letters, and for whoever counts."""
    find_campaign(campaign_id)
    return csv_file(request, name="links", columns=COLUMNS, rows=link_rows(campaign_id, reader=reader(request)))


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def link_svg(request: HttpRequest, link_id: int) -> HttpResponse:
    """The code as a drawing."""
    found = find_link(link_id)
    return _picture(qr_svg(public_address(found.code, paper=True)), kind="image/svg+xml", name=f"{found.code}.svg")


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def link_png(request: HttpRequest, link_id: int) -> HttpResponse:
    """The code in pixels."""
    found = find_link(link_id)
    return _picture(qr_png(public_address(found.code, paper=True)), kind="image/png", name=f"{found.code}.png")


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def link_sheet(request: HttpRequest, link_id: int) -> HttpResponse:
    """A sheet full of one link's cards."""
    found, grid = find_link(link_id), GRIDS.get(request.GET.get("cards", ""), GRIDS[USUAL_GRID])
    return _sheet([found] * grid.places, request)


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def links_sheet(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Every link of the campaign that stands on paper, a card each, in the order in which they were made."""
    found = find_campaign(campaign_id)
    return _sheet([each for each in reversed(links_of(found.campaign_id)) if each.place in ON_PAPER], request)


def _sheet(links: list[LinkFacts], request: HttpRequest) -> HttpResponse:
    grid = GRIDS.get(request.GET.get("cards", ""), GRIDS[USUAL_GRID])
    who = brand.brand_facts()
    pdf = cards_pdf(
        [_card(each) for each in links], grid=grid, company=who.company if who else "", language=get_language() or "en"
    )
    return _picture(pdf, kind="application/pdf", name="cards.pdf")


def _card(link: LinkFacts) -> Card:
    """The card speaks the language of the page that it leads to."""
    with translation.override(link.language):
        call = gettext("Scan it, or type:")
    public = urlsplit(settings.ENVIRONMENT.public_url)
    return Card(
        headline=link.magnet_title,
        target=public_address(link.code, paper=True),
        call=call,
        address=f"{public.netloc}{public.path.rstrip('/')}/q",
        code=spelled(link.code),
        mark=link.label,
        language=link.language,
    )


def _picture(content: bytes, *, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
