"""NOTICE names every part that is imported under a copyleft licence, and no other."""

import re
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

from tests.architecture.source import ROOT

COPYLEFT = re.compile(r"\bA?L?GPL|Lesser General|\bMPL\b|Mozilla Public|\bEPL\b|\bCDDL\b", re.I)
INDENTED_NAME = re.compile(r"^  ([a-z][a-z0-9-]+) {2,}", re.M)


def runtime_distributions() -> dict[str, Distribution]:
    """Everything that `pip install leadstone` brings along here, with the extras that we ask for."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement("leadstone")]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if (key := f"{name}[{sorted(wanted.extras)}]") in seen:
            continue
        seen.add(key)
        found[name] = distribution(name)
        for line in found[name].requires or ():
            needed = Requirement(line)
            if any(needed.marker is None or needed.marker.evaluate({"extra": extra}) for extra in ("", *wanted.extras)):
                waiting.append(needed)
    return found


def licence_of(part: Distribution) -> str:
    classifiers = [line for line in part.metadata.get_all("Classifier") or () if line.startswith("License")]
    return part.metadata.get("License-Expression") or " ".join(classifiers) or part.metadata.get("License") or ""


def test_the_notice_lists_the_copyleft_parts_and_nothing_else() -> None:
    parts = runtime_distributions()
    copyleft = {name for name, part in parts.items() if COPYLEFT.search(licence_of(part))}

    assert set(INDENTED_NAME.findall((ROOT / "NOTICE").read_text())) == copyleft
    assert "psycopg" in copyleft


def test_nothing_under_the_gpl_or_agpl_is_imported() -> None:
    strong = {name for name, part in runtime_distributions().items() if re.search(r"(?<![L])\bA?GPL", licence_of(part))}
    assert strong == set()


def test_every_part_says_its_licence() -> None:
    assert [name for name, part in runtime_distributions().items() if not licence_of(part)] == []
