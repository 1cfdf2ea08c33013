"""Which leads a rule speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LONGEST_LIST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a lead must show for a rule to speak. All must hold; within one, any of its values will do; an empty one asks nothing.

    `countries`: ISO 3166-1, of the phone number or of the company. `postcodes`: beginnings, of the company's address.
    """

    channels: frozenset[str] = frozenset()
    magnet_ids: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    bands: frozenset[str] = frozenset()
    company: bool | None = None  # True: companies only; False: private people only


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """What rules look at. `countries` and `postcode` are what is known, perhaps nothing."""

    lead_id: int
    contact_id: int | None
    company_id: int | None
    opened_at: datetime
    channel: str
    magnet_id: int | None = None
    language: str = ""
    countries: frozenset[str] = field(default=frozenset())
    postcode: str = ""
    band: str = ""


def fits(wanted: Conditions, lead: LeadFacts) -> bool:
    """Whether a rule with these conditions speaks for this lead."""
    return (
        (not wanted.channels or lead.channel in wanted.channels)
        and (not wanted.magnet_ids or lead.magnet_id in wanted.magnet_ids)
        and (not wanted.languages or lead.language in wanted.languages)
        and (not wanted.countries or bool(wanted.countries & lead.countries))
        and (not wanted.postcodes or _begins(lead.postcode, wanted.postcodes))
        and (not wanted.bands or lead.band in wanted.bands)
        and (wanted.company is None or wanted.company == (lead.company_id is not None))
    )


def plain_postcode(text: str) -> str:
    """A postcode as it is compared: "80-280" and "80 280" become "80280"."""
    return "".join(c for c in text.upper() if c.isalnum())


def read_conditions(stored: Mapping[str, object]) -> Conditions:
    """Conditions as a rule keeps them; a value that is no longer known matches nothing, so that a rule never grows by itself."""
    company = stored.get("company")
    return Conditions(
        channels=_texts(stored.get("channels")),
        magnet_ids=frozenset(int(each) for each in _texts(stored.get("magnet_ids")) if each.isdigit()),
        languages=_texts(stored.get("languages")),
        countries=_texts(stored.get("countries")),
        postcodes=_texts(stored.get("postcodes")),
        bands=_texts(stored.get("bands")),
        company=company if isinstance(company, bool) else None,
    )


def stored_conditions(conditions: Conditions) -> dict[str, object]:
    """The inverse of `read_conditions`; empty ones are left out."""
    lists: dict[str, object] = {
        "channels": sorted(conditions.channels),
        "magnet_ids": sorted(conditions.magnet_ids),
        "languages": sorted(conditions.languages),
        "countries": sorted(conditions.countries),
        "postcodes": sorted(conditions.postcodes),
        "bands": sorted(conditions.bands),
    }
    kept = {key: values for key, values in lists.items() if values}
    return kept if conditions.company is None else kept | {"company": conditions.company}


def _begins(postcode: str, beginnings: frozenset[str]) -> bool:
    plain = plain_postcode(postcode)
    return bool(plain) and any(plain.startswith(plain_postcode(beginning)) for beginning in beginnings)


def _texts(stored: object) -> frozenset[str]:
    return frozenset(str(each) for each in stored[:LONGEST_LIST]) if isinstance(stored, list) else frozenset()
