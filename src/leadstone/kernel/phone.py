"""Telephone numbers in the one form that can be dialled from anywhere (ITU-T E.164)."""

from dataclasses import dataclass

import phonenumbers

HOME_REGION = "PL"  # how a number without a country code is read (ISO 3166-1)
_NO_COUNTRY = "001"  # how the library calls numbers of the whole world
LONGEST_NUMBER = 40  # characters, with spaces and words around it


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that could be dialled. `plausible`: it also falls into a range that is in use."""

    value: str  # "+48 601 234 567"
    key: str  # "+48601234567"
    plausible: bool


def read_phone(text: str, *, region: str = HOME_REGION) -> Phone | None:
    """The number in `text`, read as if dialled in `region`; None when it has not the length of one."""
    if len(text) > LONGEST_NUMBER:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return Phone(
        value=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        key=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        plausible=phonenumbers.is_valid_number(number),
    )


def country_of(key: str) -> str:
    """The country (ISO 3166-1) of a number in E.164; empty for one that belongs to none, or to several."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(key))
    except phonenumbers.NumberParseException:
        return ""
    return region if region and region != _NO_COUNTRY else ""
