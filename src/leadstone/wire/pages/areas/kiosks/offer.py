"""What a device shows to visitors, made from the bundle: one magnet, in each language in which it is published."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from leadstone.wire.bundle import Bundle, PublishedMagnet
from leadstone.wire.definition import AskedField, Contract, FieldKey, MagnetDefinition
from leadstone.wire.kiosk import KioskDevice

_EMAIL = AskedField(key=FieldKey.EMAIL, reason="", required=True)


def offer_for(device: KioskDevice, bundle: Bundle, *, seal_key: str) -> dict[str, Any]:
    """The offer as JSON. `revision` changes with whatever it says; `open`: whether forms are taken."""
    own = next((magnet for magnet in bundle.magnets if magnet.magnet_id == device.magnet_id), None)
    offer: dict[str, Any] = {
        "name": device.name,
        "campaign": device.campaign,
        "company": bundle.brand.company,
        "language": device.language,
        "seal_key": seal_key,
        "open": bool(own and own.live),
        "in": {shown.current.definition.language: _shown(shown) for shown in _family(own, bundle)} if own else {},
    }
    return offer | {"revision": hashlib.sha256(msgspec.json.encode(offer, order="deterministic")).hexdigest()[:16]}


def _family(own: PublishedMagnet, bundle: Bundle) -> Iterator[PublishedMagnet]:
    """The magnet itself last, so that of two in one language it is the one that is shown."""
    if own.family:
        yield from (each for each in bundle.magnets if each.family == own.family and each.live and each is not own)
    yield own


def _shown(magnet: PublishedMagnet) -> dict[str, Any]:
    definition: MagnetDefinition = magnet.current.definition
    contract: Contract = definition.contract
    asks = contract.asks
    if not any(asked.key is FieldKey.EMAIL for asked in asks):
        asks = (_EMAIL, *asks)
    return {
        "version_id": magnet.current.version_id,
        "title": definition.title,
        "promise": definition.promise,
        "points": definition.points,
        "button": definition.button,
        "asks": [
            {"key": asked.key.value, "reason": asked.reason, "required": asked.required or asked.key is FieldKey.EMAIL}
            for asked in asks
        ],
        "reasons": [{"key": asked.key.value, "reason": asked.reason} for asked in contract.asks],
        "you_get": contract.you_get,
        "sells": contract.sells,
        "steps": [{"text": step.text, "optional": step.purpose is not None} for step in contract.next_steps],
        "scored": contract.scored,
        "without_marketing": contract.without_marketing,
        "deletion": contract.deletion,
        "consents": [{"key": each.key, "text": each.text, "by_button": each.by_button} for each in contract.consents],
    }
