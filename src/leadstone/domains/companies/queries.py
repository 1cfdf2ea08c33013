"""The only reads of companies that others may call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leadstone.domains.companies.models import Company
from leadstone.domains.companies.rules import CompanyFilter, CompanyOrder, bare_name
from leadstone.infra import text_index
from leadstone.infra.text_index import Found
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.folding import fold, search_words

MOST_ALIKE = 5
_ORDERS = {
    CompanyOrder.NAME: ("search", "pk"),
    CompanyOrder.NEWEST: ("-pk",),
    CompanyOrder.CITY: ("city", "search", "pk"),
}


class NoSuchCompany(LeadstoneError):
    code = "no_such_company"
    sentence = "There is no such company."


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFacts:
    """An organisation as it is known; what is not known is empty."""

    company_id: int
    name: str
    domain: str
    website: str
    tax_id: str
    phone: str
    street: str
    postcode: str
    city: str
    country: str
    note: str
    created_at: datetime


def companies_by_domain(domains: Collection[str]) -> dict[str, int]:
    """Registrable domain → company id, for those that are known."""
    return {domain: pk for domain, pk in Company.objects.filter(domain__in=domains).values_list("domain", "pk") if domain}


def company_names(company_ids: Collection[int]) -> dict[int, str]:
    """Company id → name."""
    return dict(Company.objects.filter(pk__in=company_ids).values_list("pk", "name"))


def company(company_id: int) -> CompanyFacts:
    """One company; raises `NoSuchCompany`."""
    row = Company.objects.filter(pk=company_id).first()
    if row is None:
        raise NoSuchCompany
    return facts_of(row)


def company_with(*, domain: str = "", tax_id: str = "") -> int | None:
    """The company that this mail domain or number at the tax office belongs to; a name alone finds nobody."""
    for known in ({"domain": domain}, {"tax_id": tax_id}):
        if all(known.values()):
            found = Company.objects.filter(**known).order_by("pk").values_list("pk", flat=True).first()
            if found is not None:
                return found
    return None


def companies_matching(chosen: CompanyFilter) -> QuerySet[Company]:
    """For the queries of upper nouns, which know who may see which: what the filter says of the company itself, in order."""
    rows = Company.objects.all()
    if chosen.country:
        rows = rows.filter(country=chosen.country)
    if chosen.without_person:
        rows = rows.filter(people=None)
    words = search_words(chosen.search)
    for word in words:
        rows = rows.filter(search__contains=word)
    if words and (found := text_index.with_all(words, model=Company)).whole:
        rows = rows.filter(pk__in=found.ids)
    return rows.order_by(*_ORDERS[chosen.order])


def companies_found(words: Sequence[str]) -> Found:
    """Ids of the companies whose text has at least one of these folded words in it."""
    return text_index.with_any(words, model=Company)


def countries() -> list[str]:
    """Every country that some company is in (ISO 3166-1)."""
    return sorted(Company.objects.exclude(country="").values_list("country", flat=True).distinct())


def alike(company_id: int) -> QuerySet[Company]:
    """Companies that are called the same but for the legal form: perhaps the same, for people to judge."""
    name = Company.objects.values_list("name", flat=True).get(pk=company_id)
    bare, first = bare_name(name), fold(name).replace(",", " ").replace(".", " ").split()
    if not bare or not first:
        return Company.objects.none()
    rows = Company.objects.filter(search__startswith=first[0]).exclude(pk=company_id)
    same = [pk for pk, other in rows.order_by("pk").values_list("pk", "name")[:500] if bare_name(other) == bare]
    return Company.objects.filter(pk__in=same[:MOST_ALIKE]).order_by("pk")


def facts_of(row: Company) -> CompanyFacts:
    return CompanyFacts(
        company_id=row.pk,
        name=row.name,
        domain=row.domain or "",
        website=row.website,
        tax_id=row.tax_id,
        phone=row.phone,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        country=row.country,
        note=row.note,
        created_at=row.created_at,
    )
