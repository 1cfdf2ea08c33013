"""The only writes of companies."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.companies import queries
from leadstone.domains.companies.models import Company
from leadstone.domains.companies.rules import company_domain, company_name, company_search, website_host
from leadstone.infra import text_index
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.phone import read_phone
from leadstone.kernel.tax_id import read_tax_id


class NoCompanyName(LeadstoneError):
    code = "no_company_name"
    sentence = "A company needs a name."


class NotAWebsite(LeadstoneError):
    code = "not_a_website"
    sentence = "This is not the address of a website."


class NotATaxId(LeadstoneError):
    code = "not_a_tax_id"
    sentence = "This is no NIP or VAT number: a digit is wrong or missing. A foreign one begins with its country, like DE."


class NotACompanyPhone(LeadstoneError):
    code = "not_a_company_phone"
    sentence = "This is not a phone number."


class CompanyKnown(LeadstoneError):
    """`company_id` is the one that already has this website or number."""

    code = "company_known"
    sentence = "Another company has this website or number already."


# Characters that each column holds.
LONGEST = {
    "name": 200,
    "website": 253,
    "tax_id": 20,
    "phone": 40,
    "street": 200,
    "postcode": 20,
    "city": 120,
    "country": 2,
    "note": 1000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyDetails:
    """What staff know of a company, as they type it."""

    name: str
    website: str = ""
    tax_id: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    note: str = ""


@transaction.atomic
def remember_companies(seen: Mapping[str, str], *, now: datetime) -> dict[str, int]:
    """Mail domain → id of its company, made on first sight; domains that are nobody's are left out.

    `seen`: mail domain → the company as its person wrote it, or empty. A known company never changes here.
    """
    owned = {mail_domain: domain for mail_domain in seen if (domain := company_domain(mail_domain))}
    known = queries.companies_by_domain(set(owned.values()))
    fresh = {domain: seen[mail_domain] for mail_domain, domain in owned.items() if domain not in known}
    if fresh:
        # Another worker may have met the same company at this moment.
        Company.objects.bulk_create(
            [_company(domain, claimed, now=now) for domain, claimed in fresh.items()], ignore_conflicts=True
        )
        known |= queries.companies_by_domain(fresh)
    return {mail_domain: known[domain] for mail_domain, domain in owned.items()}


@transaction.atomic
def forget_unused(company_ids: Collection[int]) -> None:
    """Delete those of these companies that nobody known belongs to any more; one that itself is the subject of a lead stays."""
    subjects = Company.objects.filter(leads__isnull=False, leads__contact__isnull=True)
    Company.objects.filter(pk__in=company_ids, people__isnull=True).exclude(pk__in=subjects.values("pk")).delete()


@transaction.atomic
def add_company(details: CompanyDetails, *, now: datetime) -> tuple[int, bool]:
    """A company that staff enter: (its id, whether it was known before).

    It is found again by its website's domain or its number, never by its name; a known one is not changed here.
    Raises `NoCompanyName`, `NotAWebsite`, `NotATaxId`, `NotACompanyPhone`.
    """
    told = _read(details)
    domain = company_domain(told["website"]) if told["website"] else None
    known = queries.company_with(domain=domain or "", tax_id=told["tax_id"])
    if known is not None:
        return known, True
    made = Company.objects.create(domain=domain, search=_search(told, domain), created_at=now, **told)
    return made.pk, False


@transaction.atomic
def change_company(details: CompanyDetails, *, company_id: int) -> None:
    """Change what is known of a company. A mail domain, once known, stays: it is how people find their way to it.

    Raises `NoSuchCompany`, `CompanyKnown` and what `add_company` raises.
    """
    row = Company.objects.select_for_update().filter(pk=company_id).first()
    if row is None:
        raise queries.NoSuchCompany
    told = _read(details)
    domain = row.domain or (company_domain(told["website"]) if told["website"] else None)
    for known in (queries.company_with(domain=domain or ""), queries.company_with(tax_id=told["tax_id"])):
        if known not in (None, company_id):
            raise CompanyKnown(company_id=known)
    Company.objects.filter(pk=company_id).update(domain=domain, search=_search(told, domain), **told)


def tidy_search() -> None:
    """Nothing of texts that were changed or erased stays in the index of the search."""
    text_index.drop_remains(Company)


def _read(details: CompanyDetails) -> dict[str, str]:
    told = {key: " ".join(str(value).replace("\0", " ").split()) for key, value in asdict(details).items()}
    website, tax_id, phone = website_host(told["website"]), read_tax_id(told["tax_id"]), read_phone(told["phone"])
    if not told["name"]:
        raise NoCompanyName
    if told["website"] and website is None:
        raise NotAWebsite
    if told["tax_id"] and tax_id is None:
        raise NotATaxId
    if told["phone"] and phone is None:
        raise NotACompanyPhone
    read = {"website": website or "", "tax_id": tax_id or "", "phone": phone.value if phone else ""}
    return {key: value[: LONGEST[key]] for key, value in (told | read | {"country": told["country"].upper()}).items()}


def _search(told: Mapping[str, str], domain: str | None) -> str:
    return company_search(told["name"], domain or told["website"], told["city"], told["tax_id"])


def _company(domain: str, claimed: str, *, now: datetime) -> Company:
    name = company_name(domain, claimed=claimed)[:200]
    return Company(name=name, domain=domain, search=company_search(name, domain), created_at=now)
