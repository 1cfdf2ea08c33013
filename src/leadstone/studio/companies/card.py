"""The card of a company: who they are, who is there, what they are worth, what happened."""

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.rules import About
from leadstone.domains.audit.rules import Subject
from leadstone.domains.companies import services
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads.queries import CompanyCard, LeadLine
from leadstone.domains.pipeline.queries.subject_deals import deals_of_company
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.activities import panels
from leadstone.studio.companies.finding import find_company
from leadstone.studio.companies.forms import DetailsForm
from leadstone.studio.companies.words import FIELD_OF, country_name, stage_name
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.words.leads import CHANNEL, STATUS, TONE
from leadstone.studio.words.timeline import Line


@require_safe
@needs(Right.READ_LEADS)
def company(request: HttpRequest, company_id: int) -> HttpResponse:
    """Everything about one company that the reader may see."""
    card = find_company(request, company_id)
    noted_read(request, Subject.COMPANY, company_id)
    return _page(request, card, form=_form(card))


@require_POST
@needs(Right.WORK_LEADS)
def change(request: HttpRequest, company_id: int) -> HttpResponse:
    """Change what is known; the card again with the mistake beside its field when it is none."""
    card, form = find_company(request, company_id), DetailsForm(request.POST)
    if form.is_valid():
        try:
            services.change_company(_told(form, card), company_id=company_id)
        except LeadstoneError as mistake:
            form.add_error(FIELD_OF.get(mistake.code), _(mistake.sentence))
        else:
            messages.success(request, _("Kept."))
            return redirect("company_card", company_id)
    return _page(request, card, form=form, status=422)


def _may_call(card: CompanyCard) -> bool:
    """Whether the law and the people there allow a call: nowhere else does a number stand, not even in a field."""
    return any(panels.call_answer(lead.lead_id).phone for lead in card.leads)


def _form(card: CompanyCard) -> DetailsForm:
    return DetailsForm(initial=asdict(card.company) | ({} if _may_call(card) else {"phone": ""}))


def _told(form: DetailsForm, card: CompanyCard) -> CompanyDetails:
    """What was typed; a number that was not shown stays, unless another one was typed over it."""
    told = form.details()
    return told if told.phone or _may_call(card) else replace(told, phone=card.company.phone)


def _began(lead: LeadLine) -> Line:
    """How one of the company's leads began."""
    if lead.magnet_title:
        who = lead.name or lead.email or _("Somebody without a name")
        return Line(lead.opened_at, _("%(who)s: “%(magnet)s”") % {"who": who, "magnet": lead.magnet_title})
    return Line(lead.opened_at, lead.name or str(CHANNEL[lead.channel]), lead.where_met)


def _page(request: HttpRequest, card: CompanyCard, *, form: DetailsForm, status: int = 200) -> HttpResponse:
    facts, about = card.company, About(company_id=card.company.company_id)
    deals = deals_of_company(facts.company_id, reader=reader(request))
    shown = {
        "card": card,
        "facts": facts,
        "country": country_name(facts.country) if facts.country else "",
        "address": ", ".join(part for part in (facts.street, f"{facts.postcode} {facts.city}".strip()) if part),
        "form": form,
        "editing": bool(form.errors),
        "without_person": [lead for lead in card.leads if lead.contact_id is None],
        "deals": [(deal, stage_name(deal.stage_names)) for deal in deals],
        "activities": panels.of(request, about),
        "story": panels.story(request, about, beside=[_began(lead) for lead in card.leads]),
        "phone": facts.phone if _may_call(card) else "",
        "status_words": STATUS,
        "tones": TONE,
        "channel_words": CHANNEL,
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    return render(request, "companies/card.html", shown, status=status)
