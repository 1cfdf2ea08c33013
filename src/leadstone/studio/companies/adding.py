"""A company as a lead without a person, another lead of a known one, and the people in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.leads.queries import CompanyCard
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows import company_lead_added
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.companies.finding import find_company
from leadstone.studio.companies.forms import AnotherLeadForm, CompanyLeadForm, PersonForm
from leadstone.studio.companies.words import FIELD_OF
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.leads import CHANNEL


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_LEADS)
def company_lead_add(request: HttpRequest) -> HttpResponse:
    """Only a company: the form, and the lead's card after it."""
    form = CompanyLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lead_id = company_lead_added.add_company_lead(
                form.details(),
                channel=ChannelType(form.cleaned_data["channel"]),
                where_met=form.cleaned_data["where_met"],
                basis=Basis(form.cleaned_data["basis"]),
                by=actor(request).pk,
                now=timezone.now(),
            )
        except LeadstoneError as mistake:
            _say(form, mistake)
        else:
            messages.success(request, _("Added. It is yours."))
            return redirect("lead", lead_id)
    return render(request, "companies/add_lead.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_LEADS)
def lead_of_company(request: HttpRequest, company_id: int) -> HttpResponse:
    """Another lead of a company that is known."""
    card, form = find_company(request, company_id), AnotherLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lead_id = company_lead_added.open_company_lead(
            company_id,
            channel=ChannelType(form.cleaned_data["channel"]),
            where_met=form.cleaned_data["where_met"],
            basis=Basis(form.cleaned_data["basis"]),
            by=actor(request).pk,
            now=timezone.now(),
        )
        messages.success(request, _("Added. It is yours."))
        return redirect("lead", lead_id)
    return render(request, "companies/add_lead.html", {"form": form, "company": card.company}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.WORK_LEADS)
def person_add(request: HttpRequest, company_id: int) -> HttpResponse:
    """Somebody at a company; who speaks for a lead from now on is chosen with it."""
    card = find_company(request, company_id)
    form = PersonForm(request.POST or None, leads=_without_person(card), initial={"lead": request.GET.get("lead", "")})
    if request.method == "POST" and form.is_valid():
        contact_id = _add(request, card, form)
        if contact_id is not None:
            messages.success(request, _("Kept. No consent to letters comes of it."))
            lead_id = form.lead_id()
            return redirect("lead", lead_id) if lead_id else redirect("company_card", company_id)
    return render(
        request, "companies/add_person.html", {"form": form, "company": card.company}, status=422 if form.errors else 200
    )


def _add(request: HttpRequest, card: CompanyCard, form: PersonForm) -> int | None:
    given = form.cleaned_data
    try:
        return company_lead_added.add_person(
            card.company.company_id,
            company=card.company.name,
            lead_id=form.lead_id(),
            name=given["name"],
            email=given["email"],
            phone=given["phone"],
            position=given["position"],
            by=actor(request).pk,
            language=get_language() or "en",
            now=timezone.now(),
        )
    except LeadstoneError as mistake:
        _say(form, mistake)
        return None


def _without_person(card: CompanyCard) -> list[tuple[int, str]]:
    """The leads of a company that nobody speaks for, with how they came."""
    return [(lead.lead_id, lead.where_met or str(CHANNEL[lead.channel])) for lead in card.leads if lead.contact_id is None]


def _say(form: StudioForm, mistake: LeadstoneError) -> None:
    form.add_error(FIELD_OF.get(mistake.code), _(mistake.sentence))
