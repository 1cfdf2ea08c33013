"""Which of a provider's fields says which of ours."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadstone.domains.inbound.rules import LONGEST_LETTER, LONGEST_VALUE


class Ours(StrEnum):
    """What we can do something with."""

    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    COMPANY = "company"
    POSITION = "position"
    QUESTION = "question"
    FILES = "files"  # names of what came along and is not kept
    NOTHING = ""  # left out on purpose


# As networks, form makers and people in Poland call them, spelled by `_bare`.
_USUAL: Mapping[str, Ours] = {
    spelling: ours
    for ours, spellings in {
        Ours.EMAIL: "email e_mail mail email_address e_mail_address work_email user_email adres_email adres_e_mail twoj_email",
        Ours.NAME: "name full_name your_name imie_i_nazwisko imie_nazwisko contact_name nazwa_kontaktu",
        Ours.FIRST_NAME: "first_name firstname given_name imie",
        Ours.LAST_NAME: "last_name lastname surname family_name nazwisko",
        Ours.PHONE: "phone phone_number telephone tel mobile work_phone mobile_phone_number work_phone_number telefon"
        " numer_telefonu nr_telefonu telefon_komorkowy",
        Ours.COMPANY: "company company_name organization organisation business firma nazwa_firmy",
        Ours.POSITION: "position job_title jobtitle title role stanowisko",
        Ours.QUESTION: "question message comment comments enquiry inquiry note pytanie wiadomosc uwagi tresc",
        Ours.FILES: "files attachments zalaczniki",
    }.items()
    for spelling in spellings.split()
}


@dataclass(frozen=True, slots=True)
class Understood:
    """Our field → what was said; and the provider's fields that said nothing to us."""

    values: Mapping[str, str]
    unused: tuple[str, ...]


def usual(name: str) -> Ours | None:
    """The field that a provider's name most likely means; None when nobody can tell."""
    return _USUAL.get(_bare(name))


def understand(fields: Mapping[str, str], mapping: Mapping[str, str]) -> Understood:
    """Put what was said under our names: by what the door says of a field, and by usual names where it says nothing.

    Of two fields that mean the same the first that says something counts.
    """
    values: dict[str, str] = {}
    unused = []
    for name, said in fields.items():
        means = Ours(mapping[name]) if mapping.get(name) in set(Ours) else usual(name)
        text = said.replace("\0", "").strip()[: LONGEST_LETTER if means is Ours.QUESTION else LONGEST_VALUE]
        if means is None:
            unused.append(name)
        elif means is not Ours.NOTHING and text:
            values.setdefault(means.value, text)
    first, last = values.pop(Ours.FIRST_NAME.value, ""), values.pop(Ours.LAST_NAME.value, "")
    whole = " ".join(part for part in (first, last) if part)
    if whole:
        values.setdefault(Ours.NAME.value, whole)
    return Understood(values, tuple(unused))


def _bare(name: str) -> str:
    """ "Adres e-mail:" and "adres_e_mail" are one name. The Polish ł is a letter of its own and no l with an accent."""
    folded = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
