"""Which organisation a mail domain belongs to, if any."""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from leadstone.kernel.address import is_disposable, is_free_mail
from leadstone.kernel.folding import fold

# RFC 2606 §3 keeps these for documents and demonstrations; where example.com stands for a company, they are post boxes.
EXAMPLES = frozenset({"example.net", "example.org"})


@lru_cache(maxsize=10_000)
def company_domain(mail_domain: str) -> str | None:
    """The registrable domain (by the public suffix list) of whoever owns `mail_domain`; None when it is nobody's company.

    "sales.zaklad.com.pl" gives "zaklad.com.pl"; free-mail and disposable domains give None.
    """
    if is_free_mail(mail_domain) or is_disposable(mail_domain):
        return None
    found = _suffixes().privatesuffix(mail_domain)
    return None if found in EXAMPLES else found or None


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def company_name(domain: str, *, claimed: str) -> str:
    """What to call a company on first sight: as its person wrote it, else its domain."""
    return claimed.strip() or domain


def company_search(name: str, domain: str | None) -> str:
    return fold(f"{name} {domain or ''}")[:500]
