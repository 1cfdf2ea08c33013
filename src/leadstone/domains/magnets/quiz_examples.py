"""The quiz that a new one begins with: three questions, three outcomes, an honest “you need nothing”. Plain data."""

from collections.abc import Mapping
from typing import Any

from leadstone.domains.magnets.kind import Example


def example(language: str) -> Example:
    """What a new quiz begins with, in `language`."""
    words = _WORDS[language]
    settings = {
        "categories": [{"key": "points", "name": words["category"]}],
        "questions": [
            _single("plan", words["plan"], *zip(("none", "some", "clear"), words["plans"], (0, 1, 2), strict=True)),
            _single("time", words["time"], *zip(("year", "quarter", "now"), words["times"], (0, 1, 2), strict=True)),
            {
                "key": "sure",
                "text": words["sure"],
                "type": "scale",
                "least": 1,
                "most": 5,
                "least_words": words["least"],
                "most_words": words["most"],
                "points": {"points": 1},
            },
        ],
        "outcomes": [
            {"key": key, "title": title, "text": text, "advice": advice, "at_least": at_least}
            for key, at_least, (title, text, advice) in zip(
                ("begin", "under-way", "ready"), (0, 3, 6), words["outcomes"], strict=True
            )
        ],
    }
    return Example(words["title"], words["promise"], settings)


def _single(key: str, text: str, *options: tuple[str, str, int]) -> dict[str, Any]:
    return {
        "key": key,
        "text": text,
        "options": [
            {"key": name, "text": words, **({"points": {"points": points}} if points else {})} for name, words, points in options
        ],
    }


_WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "title": "Is it time? Three questions",
        "promise": "Three short questions on where you stand, and what to do first.",
        "category": "How far you are",
        "plan": "Is it clear what you want to reach?",
        "plans": ("Not yet", "Roughly", "Yes, in figures"),
        "time": "When do you want to begin?",
        "times": ("In a year or later", "Within three months", "Now"),
        "sure": "How sure are you that you have compared enough?",
        "least": "not at all",
        "most": "quite sure",
        "outcomes": (
            ("You are at the beginning", "There is no hurry.", "Write down what should be different in a year."),
            ("You are under way", "Some numbers are missing.", "Ask for two comparable offers before you decide."),
            ("You are ready", "You know what you want, and when.", "Begin. You need nobody's advice for that, ours included."),
        ),
    },
    "pl": {
        "title": "Czy to już czas? Trzy pytania",
        "promise": "Trzy krótkie pytania i wiesz, na czym stoisz i od czego zacząć.",
        "category": "Jak daleko jesteś",
        "plan": "Czy wiesz, co chcesz osiągnąć?",
        "plans": ("Jeszcze nie", "Mniej więcej", "Tak, w liczbach"),
        "time": "Kiedy chcesz zacząć?",
        "times": ("Za rok albo później", "W ciągu trzech miesięcy", "Teraz"),
        "sure": "Na ile masz pewność, że porównanie ofert wystarczy?",
        "least": "wcale",
        "most": "zupełną",
        "outcomes": (
            ("To dopiero początek", "Nie ma pośpiechu: najpierw zbierz to, co już wiesz.", "Zapisz, co ma być inaczej za rok."),
            ("Jesteś w drodze", "Znasz kierunek, brakuje kilku liczb.", "Przed decyzją poproś o dwie porównywalne oferty."),
            ("Możesz zaczynać", "Wiesz, czego chcesz i kiedy.", "Zaczynaj. Nie potrzebujesz niczyjej porady, naszej też nie."),
        ),
    },
}  # fmt: skip
