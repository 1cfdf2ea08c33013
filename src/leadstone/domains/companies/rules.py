"""Which organisation a mail domain belongs to, if any, and which two may be the same."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from urllib.parse import urlsplit

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


def company_search(name: str, domain: str | None, *more: str) -> str:
    """What a search looks through; it begins with the folded name, and lists are in its order."""
    return fold(" ".join(part for part in (name, domain or "", *more) if part))[:500]


def website_host(text: str) -> str | None:
    """The host of a website however it is typed ("https://www.Mlyn.pl/kontakt", "mlyn.pl"); None when it is none."""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        plain = host.encode("idna").decode("ascii").removeprefix("www.")
    except (UnicodeError, ValueError):
        return None
    return plain if _HOST.fullmatch(plain) and len(plain) <= LONGEST_HOST else None


LONGEST_HOST = 253  # RFC 1035 §2.3.4
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")

# Folded and without dots, as the words at the end of a name; the longer ones first.
_LEGAL_FORMS = tuple(
    tuple(form.split())
    for form in (
        "spolka z ograniczona odpowiedzialnoscia",
        "sp z o o",
        "sp z oo",
        "spolka komandytowa",
        "spolka jawna",
        "spolka akcyjna",
        "spolka cywilna",
        *("sp k", "sp j", "sp p", "s a", "s c", "s r o", "a s", "b v"),
        *("spk", "spj", "spp", "sa", "sc", "psa", "gmbh", "ag", "ltd", "limited", "llc", "inc", "plc", "sro", "as", "bv", "oy"),
    )
)


def bare_name(name: str) -> str:
    """A company's name folded and without its legal form: "Młyn Sp. z o.o." and "MŁYN S.A." both give "mlyn".

    Equal bare names are a hint for people and never a reason to merge.
    """
    words = tuple(fold(name).replace(".", "").replace(",", " ").replace('"', " ").split())
    while (
        form := next((each for each in _LEGAL_FORMS if len(each) < len(words) and words[-len(each) :] == each), None)
    ) is not None:
        words = words[: -len(form)]
    return " ".join(words)


class CompanyOrder(StrEnum):
    NAME = "name"
    NEWEST = "newest"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFilter:
    """What a list of companies shows. `owner_id`: with a standing lead of theirs; `unowned`: with one that nobody has."""

    search: str = ""
    country: str = ""
    owner_id: int | None = None
    unowned: bool = False
    without_person: bool = False  # nobody there is known in person
    order: CompanyOrder = CompanyOrder.NAME
