"""What a token holder sees of a code: the card, or that all are given out."""

from datetime import datetime

import msgspec
import segno
from markupsafe import Markup

from leadstone.domains.codes import queries
from leadstone.domains.codes.rules import may_show
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.wire.pages.held_view import HeldView

MEMBERSHIP = "discount_club"  # of the kinds that give codes, the one whose code is a membership


def shown(letter: LetterFacts, now: datetime) -> HeldView | None:
    """The card with the code; without one the place in line, or None while it is being claimed."""
    magnet_id = magnets.magnet_ids([letter.version_id])[letter.version_id]
    found = queries.code_of(magnet_id=magnet_id, contact_id=letter.contact_id)
    if found is None:
        place = queries.place_in_line(magnet_id=magnet_id, contact_id=letter.contact_id)
        return None if place is None else HeldView("codes/gone.html", {"place": place}, given=False)
    because = may_show(found.facts, now=now).because
    facts = {
        "code": found.text,
        "qr": qr_of(found.text),
        "terms": msgspec.to_builtins(found.terms),  # those that were promised, whatever newer versions say
        "member": letter.definition.kind == MEMBERSHIP,
        "since": found.claimed_at,
        "used": found.used,
        "left": max(found.terms.uses - found.used, 0) if found.terms.uses else None,
        "because": because.value if because else "",
    }
    return HeldView("codes/card.html", facts)


def qr_of(text: str) -> Markup:
    """The code as a QR picture: SVG without a style attribute, dark on light in both themes, so that every camera reads it."""
    made = segno.make(text, error="m", micro=False)
    # Made of squares only; nothing of `text` stands in it as text.
    return Markup(made.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=3, dark="#000", light="#fff"))  # noqa: S704
