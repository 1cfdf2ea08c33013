"""Magnets that give codes, and people who ask for one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from leadstone.domains.codes import services
from leadstone.domains.codes.queries import CodeFacts, code_of
from leadstone.domains.grants import queries as grants
from leadstone.flows.given.codes import give_codes
from leadstone.wire.definition import AskedField, Channel, Contract, FieldKey, MagnetDefinition, NextStep, Purpose
from tests.cast import MONDAY, NEWSLETTER, Guide, Visitor, ask, confirm, definition, published

CLUB: dict[str, Any] = {"benefit": "percent", "percent": 10, "applies_to": "everything in the shop", "uses": 0}
SHIPPING: dict[str, Any] = {"benefit": "shipping", "applies_to": "one parcel within Poland", "supply": "listed"}


def contract(*steps: str) -> Contract:
    """An honest exchange of a kind that sends a code; `steps` are more mails that it announces."""
    return Contract(
        you_get="A code of your own.",
        asks=(AskedField(key=FieldKey.EMAIL, reason="to send the code", required=True),),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="One mail to prove the address, one with the code."),
            *(NextStep(channel=Channel.EMAIL, text=text) for text in steps),
            NextStep(channel=Channel.EMAIL, text="One letter a month", purpose=Purpose.NEWSLETTER),
        ),
        sells="We sell heating audits.",
        scored="We judge how well our audit may fit by what you typed.",
        without_marketing="Leave the box empty: the code comes all the same.",
        retention_months=12,
        deletion="After 12 quiet months, or with one click in the mail.",
        consents=(NEWSLETTER,),
    )


def told(kind: str = "discount_club", *, steps: Sequence[str] = (), **settings: Any) -> MagnetDefinition:
    """A complete definition; `settings` replace those of the kind."""
    base = CLUB if kind == "discount_club" else SHIPPING
    return msgspec.structs.replace(
        definition(),
        kind=kind,
        title="The warm club" if kind == "discount_club" else "Free shipping",
        promise="Members pay less.",
        button="Send me the code",
        contract=contract(*steps),
        asset=None,
        settings=base | settings,
    )


def club(slug: str = "club", **settings: Any) -> Guide:
    """A published club that makes a code for whoever asks."""
    return published(slug, **msgspec.structs.asdict(told(**settings)))


def shipping(slug: str = "shipping", *, codes: Sequence[str] = (), **settings: Any) -> Guide:
    """A published offer of free shipping that gives away a list."""
    magnet = published(slug, **msgspec.structs.asdict(told("free_shipping", **settings)))
    pool_id = services.open_pool(magnet.magnet_id, now=MONDAY)
    services.add_codes(codes, pool_id=pool_id, now=MONDAY)
    return magnet


def member(magnet: Guide, email: str = "ann@zaklad.example.com", **answers: str) -> tuple[Visitor, CodeFacts | None]:
    """Somebody who asked, confirmed, and has what there was for them."""
    who = ask(magnet, email, **answers)
    confirm(who)
    give_codes(list(grants.letter_facts([who.grant_id]).values()), MONDAY + timedelta(minutes=3))
    return who, code_of(magnet_id=magnet.magnet_id, contact_id=who.contact_id)


def holder(magnet: Guide, email: str = "ann@zaklad.example.com", **answers: str) -> tuple[Visitor, CodeFacts]:
    """Somebody who has a code."""
    who, found = member(magnet, email, **answers)
    assert found is not None
    return who, found
