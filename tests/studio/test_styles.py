"""All stylesheets of the studio are one file in the end, so a class means one thing."""

import re
from collections import defaultdict
from pathlib import Path

from leadstone import studio

STYLES = Path(studio.__file__).parent / "assets" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WITHIN_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
SELECTORS = re.compile(r"([^{}]+)\{[^{}]*\}")
CLASS_ALONE = re.compile(r"\.[a-z][a-z0-9-]*")


def classes_given_a_look(style: str) -> set[str]:
    """The classes that a stylesheet shapes wherever they stand, on every screen."""
    everywhere = WITHIN_MEDIA.sub("", COMMENT.sub("", style))
    selectors = (each.strip() for rule in SELECTORS.findall(everywhere) for each in rule.split(","))
    return {selector for selector in selectors if CLASS_ALONE.fullmatch(selector)}


def test_two_screens_that_name_a_class_alike_are_found() -> None:
    assert classes_given_a_look(
        "/* .no {} */ .letter { width: 1em } .card .letter, .arm { x: y } @media (print) { .side { x: y } }"
    ) == {
        ".letter",
        ".arm",
    }


def test_no_stylesheet_gives_another_look_to_a_class_of_another_one() -> None:
    shaped_in: dict[str, set[str]] = defaultdict(set)
    for path in STYLES.glob("*.css"):
        for name in classes_given_a_look(path.read_text()):
            shaped_in[name].add(path.name)
    assert {name: sorted(files) for name, files in shaped_in.items() if len(files) > 1} == {}
