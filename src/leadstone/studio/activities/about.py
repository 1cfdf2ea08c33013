"""What a form of activities is about: read from its hidden fields, and only what its sender may see."""

from collections.abc import Mapping

from django.http import Http404
from django.utils import timezone

from leadstone.domains.access.rules import Reader
from leadstone.domains.activities.rules import About
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries.facts import people_of, seen_of
from leadstone.domains.pipeline import queries as pipeline

Fields = Mapping[str, str]


def fields_of(about: About) -> list[tuple[str, int]]:
    """The hidden fields from which `read_about` reads it back."""
    named = (("lead", about.lead_id), ("contact", about.contact_id), ("company", about.company_id), ("deal", about.deal_id))
    return [(name, value) for name, value in named if value is not None]


def read_about(fields: Fields, *, reader: Reader) -> About:
    """What the fields name; raises Http404 for what the reader may not see, as for what does not exist."""
    deal_id = _number(fields.get("deal"))
    lead_id = _lead_of_deal(deal_id, reader=reader) if deal_id is not None else _number(fields.get("lead"))
    contact_id = _number(fields.get("contact"))
    if lead_id is not None:
        # Who may see the deal may write on it, whoever owns the lead behind it.
        if deal_id is None and not seen_of([lead_id], reader=reader):
            raise Http404
        behind = people_of([lead_id])[lead_id]
        return About(lead_id=lead_id, contact_id=behind.contact_id, company_id=behind.company_id, deal_id=deal_id)
    company_id = _number(fields.get("company"))
    if contact_id is not None and not leads.sees_person(contact_id, reader=reader):
        raise Http404
    if company_id is not None and not leads.sees_company(company_id, reader=reader):
        raise Http404
    return About(contact_id=contact_id, company_id=company_id)


def _lead_of_deal(deal_id: int, *, reader: Reader) -> int:
    try:
        return pipeline.deal_card(deal_id, reader=reader, now=timezone.now()).lead_id
    except pipeline.NoSuchDeal as missing:
        raise Http404 from missing


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
