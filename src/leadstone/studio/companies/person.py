"""The card of a person: everything that is known, who said it and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.rules import About
from leadstone.domains.audit.rules import Subject
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.pipeline.queries.subject_deals import deals_of_contact
from leadstone.studio.activities import panels
from leadstone.studio.activities.words import why_not_called
from leadstone.studio.companies.finding import find_person
from leadstone.studio.companies.tags import tags_shown
from leadstone.studio.companies.words import stage_name
from leadstone.studio.leads import card as shown
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.words.leads import CHANNEL, STATUS, TONE


@require_safe
@needs(Right.READ_LEADS)
def person(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Everything about one person that the reader may see, over all their leads."""
    card = find_person(request, contact_id)
    noted_read(request, Subject.CONTACT, contact_id)
    about = About(contact_id=contact_id, company_id=card.company.company_id if card.company else None)
    answers = [panels.call_answer(lead.lead_id) for lead in card.leads]
    may_call = any(answer.phone for answer in answers)
    facts = {
        "card": card,
        "position": card.shown["position"].value if "position" in card.shown else "",
        # The digits of a number stand nowhere while nobody may dial it.
        "known": [fact for fact in shown.known(card) if may_call or fact.field != str(shown.FIELD["phone"])],
        "mails": [point for point in card.points if point.kind is PointKind.EMAIL],
        "phones": [point for point in card.points if point.kind is PointKind.PHONE] if may_call else [],
        "why_not_called": "" if may_call else next((why for each in answers if (why := why_not_called(each))), ""),
        "allowed": shown.allowed(card),
        "deals": [(deal, stage_name(deal.stage_names)) for deal in deals_of_contact(contact_id, reader=reader(request))],
        "activities": panels.of(request, about),
        "story": panels.story_of_contact(request, contact_id),
        "status_words": STATUS,
        "tones": TONE,
        "channel_words": CHANNEL,
        "tags": tags_shown(contact_id),
        "may_work": may(actor(request).role, Right.WORK_LEADS),
    }
    return render(request, "companies/person.html", facts)
