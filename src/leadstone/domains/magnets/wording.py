"""Every word of a definition that a visitor will read, with its place in the editor."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leadstone.domains.vetting.rules import Said
from leadstone.wire.definition import MagnetDefinition, mail_of

# What a program reads, and no visitor: keys, links between questions, formulas.
_FOR_MACHINES = frozenset(
    {"key", "then", "category", "formula", "formulas", "type", "scoring", "retake", "url", "zone", "pool", "currency", "about"}
)
_PROSE = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_DEEPEST = 6


def said_in(definition: MagnetDefinition) -> tuple[Said, ...]:
    """All of it, in the order of the editor; places are those of the gaps ("title", "steps.0", "questions.2")."""
    return tuple(said for said in (*_offered(definition), *_agreed(definition), *_set(definition.settings)) if said.text.strip())


def topic_of(definition: MagnetDefinition) -> str:
    """What it is about: title, promise and points."""
    return "\n".join((definition.title, definition.promise, *definition.points))


def _offered(definition: MagnetDefinition) -> Iterator[Said]:
    yield Said("title", definition.title, headline=True)
    yield Said("promise", definition.promise)
    for point in definition.points:
        yield Said("points", point)
    yield Said("you_get", definition.contract.you_get)
    yield Said("button", definition.button)
    yield Said("proof", definition.proof)
    words = mail_of(definition)
    yield Said("mail_subject", words.subject, headline=True)
    yield Said("mail_preheader", words.preheader)


def _agreed(definition: MagnetDefinition) -> Iterator[Said]:
    contract = definition.contract
    for asked in contract.asks:
        yield Said(f"asks.{asked.key}", asked.reason)
    for number, step in enumerate(contract.next_steps):
        yield Said(f"steps.{number}", step.text)
    for number, offer in enumerate(contract.consents):
        yield Said(f"consents.{number}", offer.text)
    for where in ("sells", "scored", "without_marketing", "deletion"):
        yield Said(where, getattr(contract, where))


def _set(settings: Mapping[str, Any]) -> Iterator[Said]:
    """What the settings of any kind say: prose, wherever it stands; the place is the list and the number in it."""
    for name, value in settings.items():
        if name in _FOR_MACHINES:
            continue
        if isinstance(value, (list, tuple)):
            for number, row in enumerate(value):
                yield from (Said(f"{name}.{number}", text) for text in _prose(row, depth=1))
        else:
            yield from (Said(name, text) for text in _prose(value, depth=1))


def _prose(value: Any, *, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if _PROSE.search(value):
            yield value
    elif depth < _DEEPEST and isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _FOR_MACHINES:
                yield from _prose(inner, depth=depth + 1)
    elif depth < _DEEPEST and isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        for inner in value:
            yield from _prose(inner, depth=depth + 1)
