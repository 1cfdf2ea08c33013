"""A quiz that keeps what people chose who stop half way, and says so in its contract."""

from typing import Any

import msgspec
from tests.magnets.guarded import guarded

from leadstone.wire.definition import MagnetDefinition

WHY = "Żeby zobaczyć, które pytania zniechęcają."
SAID = "Jeśli przerwiesz w połowie, zaznaczone odpowiedzi zostają u nas bez imienia i adresu."


def keeping(*, said: str = SAID, **changes: Any) -> MagnetDefinition:
    """With a question about health among the others; `changes` replace settings."""
    definition = guarded()
    settings = definition.settings | {"keeps_stopped": True, "keeps_why": WHY} | changes
    contract = msgspec.structs.replace(definition.contract, scored=f"{definition.contract.scored} {said}")
    return msgspec.structs.replace(definition, settings=settings, contract=contract)
