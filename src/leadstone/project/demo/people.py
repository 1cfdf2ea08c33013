"""Invented people, the same on every machine: a seeded generator, and domains that exist for examples only (RFC 2606)."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadstone.kernel.folding import fold

NAMES = {
    kind: tuple(words.split()) for kind, words in json.loads(Path(__file__).with_name("names.json").read_text("utf-8")).items()
}
# Of nobody's company (`domains.companies.rules`); the firms' domains end in .example and are theirs.
POST_BOXES = ("example.net", "home.example.net", "mail.example.net", "example.org", "poczta.example.org", "listy.example.org")
FIRMS = (
    ("instal-bud.example", "Instal-Bud sp. z o.o."),
    ("pracownia-iks.example", "Pracownia Iks"),
    ("termomax.example", "Termomax S.A."),
    ("northwind-homes.example", "Northwind Homes Ltd"),
    ("zielone-osiedle.example", "Zielone Osiedle sp. z o.o."),
    ("architekci-sm.example", "Architekci Sikora i Mazur"),
)
QUESTIONS = {
    "en": (
        "Is 16 kW too much for 150 square metres?",
        "The quote says 55 °C. Do I need new radiators?",
        "Can I keep the gas boiler as a back-up?",
        "How loud is it at four metres?",
    ),
    "pl": (
        "Czy 16 kW to nie za dużo na 150 metrów?",
        "W ofercie jest 55 °C. Czy muszę wymienić grzejniki?",
        "Czy mogę zostawić kocioł gazowy jako zapas?",
        "Najpierw ocieplić strop czy wymienić kocioł?",
    ),
}


@dataclass(frozen=True)
class Person:
    """Somebody who sends forms."""

    name: str
    email: str
    phone: str
    company: str


def people(*, language: str, seed: int) -> Iterator[Person]:
    """An endless row of different people who write in `language`; the same row for the same seed."""
    chance = random.Random(f"{language}:{seed}")
    taken: set[str] = set()
    while True:
        person = _polish(chance) if language == "pl" or chance.random() < 0.3 else _english(chance)
        if person.email not in taken:
            taken.add(person.email)
            yield person


def _polish(chance: random.Random) -> Person:
    woman = chance.random() < 0.5
    first, last = chance.choice(NAMES["polish_women" if woman else "polish_men"]), chance.choice(NAMES["polish_surnames"])
    if woman and last.endswith(("ski", "cki")):
        last = f"{last[:-1]}a"
    return _person(f"{first} {last}", chance)


def _english(chance: random.Random) -> Person:
    return _person(f"{chance.choice(NAMES['english_first'])} {chance.choice(NAMES['english_last'])}", chance)


def _person(name: str, chance: random.Random) -> Person:
    first, last = fold(name.replace("'", "")).split(" ")
    local = chance.choice((f"{first}.{last}", f"{first[0]}.{last}", f"{last}.{first}", f"{first}{last}{chance.randint(61, 99)}"))
    domain, company = chance.choice(FIRMS) if chance.random() < 0.14 else (chance.choice(POST_BOXES), "")
    phone = f"+48 {chance.choice((501, 602, 603, 660, 691, 781, 887))} {chance.randint(100, 999)} {chance.randint(100, 999)}"
    return Person(name, f"{local}@{domain}", phone, company)


def made_up(number: int, chance: random.Random) -> Person:
    """Somebody who wants the prize and gives nothing for it."""
    name = chance.choice(("asdf asdf", "Xxx Yyy", "test test", "qwerty", "Jan Kowalski", "aaa bbb", "Mickey Mouse"))
    return Person(
        name, f"{chance.choice(('win', 'test', 'asdf', 'nagroda'))}{number}@{chance.choice(POST_BOXES)}", "111 111 111", ""
    )
