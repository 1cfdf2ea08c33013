"""One pure file a kind of magnet: settings schema, steps, result rule, fates, words.

Owns: KINDS, every kind by its key, which is the name of its file.
Promises: adding a file adds the kind; a file without a `KIND` stops the start.
Never: is edited to add a kind.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from leadstone.domains.magnets.kind import Kind


def _kind_in(name: str) -> Kind:
    kind = getattr(import_module(f"{__name__}.{name}"), "KIND", None)
    if not isinstance(kind, Kind):
        raise TypeError(f"domains/magnets/kinds/{name}.py must define KIND: Kind")
    return kind


def _found() -> Mapping[str, Kind]:
    kinds = {module.name: _kind_in(module.name) for module in pkgutil.iter_modules(__path__)}
    return MappingProxyType(dict(sorted(kinds.items(), key=lambda item: item[1].rank)))


KINDS: Mapping[str, Kind] = _found()
