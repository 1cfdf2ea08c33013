"""The only writes of companies."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from leadstone.domains.companies import queries
from leadstone.domains.companies.models import Company
from leadstone.domains.companies.rules import company_domain, company_name, company_search


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
    """Delete those of these companies that nobody known belongs to any more."""
    Company.objects.filter(pk__in=company_ids, people__isnull=True).delete()


def _company(domain: str, claimed: str, *, now: datetime) -> Company:
    name = company_name(domain, claimed=claimed)[:200]
    return Company(name=name, domain=domain, search=company_search(name, domain), created_at=now)
