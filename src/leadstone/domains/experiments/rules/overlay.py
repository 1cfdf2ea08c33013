"""What the other arm says differently: only what its experiment varies, on top of the words that are public."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from leadstone.domains.experiments.rules import Aspect
from leadstone.wire.definition import AskedField, MagnetDefinition, MailWords, mail_of, with_mail


class Overlay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The changes of one arm. What is unset stays as it is; each belongs to one aspect (`ASPECT_OF`)."""

    title: str | UnsetType = UNSET
    promise: str | UnsetType = UNSET
    points: tuple[str, ...] | UnsetType = UNSET
    proof: str | UnsetType = UNSET
    button: str | UnsetType = UNSET
    asks: tuple[AskedField, ...] | UnsetType = UNSET
    without_email_url: str | UnsetType = UNSET
    together: bool | UnsetType = UNSET  # a calculator: all questions on one page, or one after the other
    mail: MailWords | UnsetType = UNSET


ASPECT_OF = {
    "title": Aspect.PROMISE,
    "promise": Aspect.PROMISE,
    "points": Aspect.PAGE,
    "proof": Aspect.PAGE,
    "button": Aspect.PAGE,
    "asks": Aspect.FORM,
    "without_email_url": Aspect.GATE,
    "together": Aspect.GATE,
    "mail": Aspect.MAIL,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an arm says differently: what the public words say, and what it says."""

    what: str  # a field of `Overlay`
    before: Any
    after: Any


def within(overlay: Overlay, aspect: Aspect) -> Overlay:
    """Only what belongs to the aspect: an experiment never varies two things at once."""
    said = {name: value for name, value in msgspec.structs.asdict(overlay).items() if value is not UNSET}
    return Overlay(**{name: value for name, value in said.items() if ASPECT_OF[name] is aspect})


def said_by(definition: MagnetDefinition) -> Overlay:
    """Everything that an arm could say differently, as the definition says it."""
    return Overlay(
        title=definition.title,
        promise=definition.promise,
        points=definition.points,
        proof=definition.proof,
        button=definition.button,
        asks=definition.contract.asks,
        without_email_url=definition.contract.without_email_url,
        together=bool(definition.settings.get("together", True)) if definition.kind == "calculator" else UNSET,
        mail=mail_of(definition),
    )


def differences(definition: MagnetDefinition, overlay: Overlay) -> tuple[Difference, ...]:
    """What the overlay changes of this definition, in a fixed order; what it says alike is no difference."""
    return tuple(_differences(said_by(definition), overlay))


def _differences(now: Overlay, overlay: Overlay) -> Iterator[Difference]:
    for what in ASPECT_OF:
        before, after = getattr(now, what), getattr(overlay, what)
        if after is not UNSET and before is not UNSET and before != after:
            yield Difference(what, before, after)


def applied(definition: MagnetDefinition, overlay: Overlay) -> MagnetDefinition:
    """The definition with these changes, and without any where the overlay says nothing."""
    changed = {each.what: each.after for each in differences(definition, overlay)}
    plain = {name: changed[name] for name in ("title", "promise", "points", "proof", "button") if name in changed}
    made = msgspec.structs.replace(definition, **plain)
    of_contract = {name: changed[name] for name in ("asks", "without_email_url") if name in changed}
    if of_contract:
        made = msgspec.structs.replace(made, contract=msgspec.structs.replace(made.contract, **of_contract))
    if "together" in changed:
        made = msgspec.structs.replace(made, settings={**made.settings, "together": changed["together"]})
    return with_mail(made, changed["mail"]) if "mail" in changed else made


def encode_overlay(overlay: Overlay) -> dict[str, Any]:
    """As it is stored."""
    stored: dict[str, Any] = msgspec.to_builtins(overlay)
    return stored


def decode_overlay(stored: object) -> Overlay:
    return msgspec.convert(stored, Overlay)
