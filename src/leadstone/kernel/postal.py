"""Postal addresses: a postcode as the post writes it, and what makes two spellings one household. Pure.

Polish forms are known well (the 00-000 postcode, ul./al./os./pl., "12 m. 3" beside "12/3"); other countries are taken as typed.
"""

import re

from leadstone.kernel.folding import fold

_POLAND = frozenset({"", "pl", "pol", "polska", "poland", "rp", "rzeczpospolita polska", "polen", "pologne"})
_POLISH_POSTCODE = re.compile(r"(\d{2})[\s\-–—]?(\d{3})")

_STREET_WORDS = {
    **dict.fromkeys(("ul", "ulica", "u"), ""),
    **dict.fromkeys(("al", "aleja", "aleje", "alei", "ave", "avenue"), "al"),
    **dict.fromkeys(("os", "osiedle", "osiedla"), "os"),
    **dict.fromkeys(("pl", "plac", "placu"), "pl"),
    **dict.fromkeys(("rondo", "rond"), "rondo"),
    **dict.fromkeys(("gen", "generala"), "gen"),
    **dict.fromkeys(("marsz", "marszalka"), "marsz"),
    **dict.fromkeys(("ks", "ksiedza"), "ks"),
    **dict.fromkeys(("sw", "swietego", "swietej", "swietych"), "sw"),
    **dict.fromkeys(("dr", "doktora"), "dr"),
    **dict.fromkeys(("prof", "profesora"), "prof"),
    **dict.fromkeys(("im", "imienia", "nr", "numer", "no"), ""),
    **dict.fromkeys(("street", "str", "st"), "st"),
    **dict.fromkeys(("road", "rd"), "rd"),
}
# "12 m. 3", "12 lok. 3", "12/m3", "12 flat 3": the flat after the house.
_FLAT = re.compile(r"(?<=\d)([a-z]??)\s*/?\s*(?:mieszkanie|mieszk|miesz|m|lokal|lok|flat|apt|apartment|app|unit|#)\s*(?=\d)")
# Which staircase or floor the flat is on tells nothing that its number does not.
_STAIRS = re.compile(r"\b(?:klatka|kl|pietro|pietra)\s*\d*[a-z]?\b")
_LETTER_APART = re.compile(r"(\d) ([a-z])(?=$|[ /])")
_NUMBERS = r"\d+[a-z]?(?:[/ -]\d+[a-z]?)*"
_NUMBER_LAST = re.compile(rf"(?:^| )({_NUMBERS})$")
_NUMBER_FIRST = re.compile(rf"^({_NUMBERS})(?: |$)")


def in_poland(country: str) -> bool:
    """Whether an address line names Poland; nothing said means here."""
    return fold(country).strip(" .") in _POLAND


def read_postcode(text: str, *, country: str) -> str | None:
    """The postcode as the post writes it ("00-549"), None when it is none. Outside of Poland any short word will do."""
    plain = " ".join(text.split())
    if in_poland(country):
        found = _POLISH_POSTCODE.fullmatch(plain)
        return f"{found[1]}-{found[2]}" if found else None
    return plain.upper() if re.search(r"\w", plain) else None


def household(*, street: str, postcode: str, city: str, country: str) -> str:
    """The same text for every usual spelling of one address, another for the flat next door; names play no part."""
    at_home = in_poland(country)
    place = "pl" if at_home else _words(country)
    words, numbers = _street(street)
    # Within one postcode the first word tells one town from another: "Warszawa-Mokotów" is Warszawa.
    town = next(iter(_words(city).split()), "")
    return "|".join((place, re.sub(r"[^a-z0-9]", "", fold(postcode)), town, words, numbers))


def _street(text: str) -> tuple[str, str]:
    """The words of a street in one order, and the numbers of house and flat: "ul. Piękna 24/26 m. 3" is ("piekna", "24/26/3")."""
    line = re.sub(r"[.,;:()\"'„”’`]", " ", fold(text))
    line = _STAIRS.sub(" ", line)
    line = _FLAT.sub(r"\1/", line)
    line = re.sub(r"\s*([/-])\s*", r"\1", " ".join(line.split()))
    line = _LETTER_APART.sub(r"\1\2", line)
    found = _NUMBER_LAST.search(line) or _NUMBER_FIRST.search(line)
    numbers = found[1] if found else ""
    rest = line[: found.start()] + " " + line[found.end() :] if found else line
    kept = [told for word in _words(rest).split() if (told := _STREET_WORDS.get(word, word))]
    return " ".join(sorted(kept)), "/".join(part.lstrip("0") or "0" for part in re.split(r"[/ -]", numbers) if part)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
