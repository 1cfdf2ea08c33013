"""The only reads of companies that others may call."""

from collections.abc import Collection

from leadstone.domains.companies.models import Company


def companies_by_domain(domains: Collection[str]) -> dict[str, int]:
    """Registrable domain → company id, for those that are known."""
    return {domain: pk for domain, pk in Company.objects.filter(domain__in=domains).values_list("domain", "pk") if domain}


def company_names(company_ids: Collection[int]) -> dict[int, str]:
    """Company id → name."""
    return dict(Company.objects.filter(pk__in=company_ids).values_list("pk", "name"))
