"""The calculator that a new one begins with: two numbers, a choice, a table, a range. Where they come from is left to say."""

from collections.abc import Mapping
from typing import Any

from leadstone.domains.magnets.kind import Example


def example(language: str) -> Example:
    """What a new calculator begins with, in `language`."""
    words = _WORDS[language]
    hours, price, way, share = words["names"]
    settings = {
        "questions": [
            {"key": hours, "text": words["hours"], "unit": words["hours_unit"], "least": "1", "most": "60"},
            {"key": price, "text": words["price"], "unit": words["money"], "least": "10", "most": "500", "step": "5"},
            {
                "key": way,
                "text": words["way"],
                "type": "choice",
                "options": [
                    {"key": key, "text": text} for key, text in zip(("none", "some", "much"), words["ways"], strict=True)
                ],
            },
        ],
        "tables": [{"key": share, "rows": [["none", "0.5"], ["some", "0.3"], ["much", "0.1"]]}],
        "values": [{"key": words["year"], "formula": f"{hours} * {price} * 46"}],
        "low": f"{words['year']} * lookup({share}; {way})",
        "percent": "30",
        "unit": words["unit"],
        "text": words["text"],
        "advice": words["advice"],
    }
    return Example(words["title"], words["promise"], settings)


_WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "title": "What does the work by hand cost you in a year?",
        "promise": "Three figures, and a range that says whether it is worth looking into.",
        "names": ("hours", "hourly_rate", "help_now", "share"),
        "hours": "How many hours a week go into it?",
        "hours_unit": "hours",
        "price": "What does one hour cost?",
        "money": "EUR",
        "way": "Does anything help you with it today?",
        "ways": ("Nothing", "A spreadsheet", "A program of its own"),
        "year": "year",
        "unit": "EUR a year",
        "text": "So much could be saved in a year.",
        "advice": "Below 1,000 it is not worth the effort of changing anything.",
    },
    "pl": {
        "title": "Ile w roku kosztuje Cię praca ręczna?",
        "promise": "Trzy liczby i wiesz, czy w ogóle warto się tym zająć.",
        "names": ("godziny", "stawka", "pomoc", "udzial"),
        "hours": "Ile godzin tygodniowo na to schodzi?",
        "hours_unit": "godz.",
        "price": "Ile kosztuje godzina?",
        "money": "zł",
        "way": "Co Ci dziś w tym pomaga?",
        "ways": ("Nic", "Arkusz", "Osobny program"),
        "year": "rok",
        "unit": "zł rocznie",
        "text": "Tyle można zaoszczędzić w ciągu roku.",
        "advice": "Poniżej 5000 zł zmiana nie jest warta zachodu.",
    },
}
