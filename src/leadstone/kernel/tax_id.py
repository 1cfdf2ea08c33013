"""The number of a company at the tax office: the Polish NIP with its check digit, others by their shape alone."""

import re

HOME_COUNTRY = "PL"  # how a number without a country is read (ISO 3166-1)
# Ordynacja podatkowa; the weights are those of the Ministry of Finance. A remainder of ten is no digit, so no such number exists.
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
# Directive 2006/112/EC, art. 215: two letters of the country, then what the country says.
_FOREIGN = re.compile(r"[A-Z]{2}[0-9A-Z]{2,13}")
_BETWEEN = re.compile(r"[\s\-./]+")


def read_tax_id(text: str) -> str | None:
    """The number in one form ("526-10-40-828" and "PL 5261040828" give "5261040828"; "DE 136695976" gives "DE136695976").

    None when it is none: a Polish number must have the right check digit, a foreign one a country and two to thirteen characters.
    """
    plain = _BETWEEN.sub("", text).upper()
    digits = plain.removeprefix(HOME_COUNTRY)
    if digits.isascii() and digits.isdigit():
        return digits if _is_nip(digits) else None
    return plain if _FOREIGN.fullmatch(plain) and not plain.startswith(HOME_COUNTRY) and any(map(str.isdigit, plain)) else None


def _is_nip(digits: str) -> bool:
    if len(digits) != len(_NIP_WEIGHTS) + 1:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NIP_WEIGHTS, digits, strict=False))
    return total % 11 == int(digits[-1])
