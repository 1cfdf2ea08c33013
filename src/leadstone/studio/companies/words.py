"""What companies and their mistakes are called."""

from collections.abc import Mapping

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leadstone.domains.companies.rules import CompanyOrder
from leadstone.domains.pipeline.rules import words_in

Words = str | Promise

ORDER: Mapping[CompanyOrder, Words] = {
    CompanyOrder.NAME: pgettext_lazy("order of companies", "By name"),
    CompanyOrder.NEWEST: pgettext_lazy("order of companies", "Newest first"),
    CompanyOrder.CITY: pgettext_lazy("order of companies", "By city"),
}
# Code of a mistake → the field beside which it is said.
FIELD_OF: Mapping[str, str] = {
    "no_company_name": "name",
    "not_a_website": "website",
    "not_a_tax_id": "tax_id",
    "not_a_company_phone": "phone",
    "company_known": "website",
    "nothing_to_find_them_by": "website",
    "nobody_to_reach": "email",
    "not_an_address": "email",
    "not_a_phone": "phone",
    "known_elsewhere": "email",
}
NOTHING: Words = _("not known")
# Where most of a Polish company's customers are comes first in the list of countries.
NEIGHBOURS = ("PL", "DE", "CZ", "SK", "LT", "UA", "GB")


def country_name(code: str) -> str:
    """A country in the reader's language; the code itself where there is no name."""
    return _territories().get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Every country, the neighbours first, the rest by name."""
    names = {code: name for code, name in _territories().items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY}
    rest = sorted(((code, name) for code, name in names.items() if code not in NEIGHBOURS), key=lambda each: each[1])
    return [("", "–"), *((code, names[code]) for code in NEIGHBOURS), *rest]


_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _territories() -> Mapping[str, str]:
    return Locale.parse(get_language() or "en").territories


def stage_name(names: Mapping[str, str]) -> str:
    """The stage of a deal in the reader's language."""
    return words_in(names, get_language() or "en")
