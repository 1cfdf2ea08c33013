"""Boxes on somebody else's form: what was asked there, in which words, and answered, as far as we were told.

A tick counts for what somebody here said that exactly those words allow, and only if it was a free choice: the box was empty
before, and the form could be sent without it. It is a tick like one on our own form: worth nothing until the mailbox is proven.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2s

from django.db import transaction

from leadstone.domains.capture import queries as capture
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Method
from leadstone.domains.inbound import queries, services
from leadstone.domains.inbound.queries import DoorFacts, Kept
from leadstone.domains.inbound.rules import Box
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.domains.inbound.rules.fields import understand
from leadstone.domains.inbound.services import box_digest
from leadstone.domains.leads.queries import standing
from leadstone.kernel.address import read_address
from leadstone.kernel.phone import read_phone
from leadstone.wire.definition import ConsentOffer

PREFIX = "w-"  # of the refs of forms that another system handed over


def ref_of(door: DoorFacts, kept: Kept) -> str:
    """The ref of the form that a delivery is; the same for the same delivery, for ever."""
    return PREFIX + blake2s(f"{door.key}\n{kept.provider_id}".encode(), digest_size=16).hexdigest()


@transaction.atomic
def note_ticks(kept: Kept, door: DoorFacts, *, lead_id: int, now: datetime) -> None:
    """Write the free ticks of a delivery into the ledger, with their words."""
    ticked = [box for box in kept.boxes if box.ticked and box.free]
    means = queries.means_of(door.door_id, {box_digest(box) for box in ticked})
    _record(kept, door, [(box, means[box_digest(box)]) for box in ticked if box_digest(box) in means], lead_id=lead_id, now=now)


@transaction.atomic
def say_box(door: DoorFacts, *, box_id: int, means: Means, now: datetime) -> bool:
    """From now on a tick beside these words allows this, and so do those of whom it is still known that they ticked it.

    False for words that nobody may give that meaning.
    """
    before = {line.box_id: line.means for line in queries.boxes(door.door_id)}
    if not services.say_box(door.door_id, box_id=box_id, means=means):
        return False
    if means.allows is not None and before.get(box_id) is not means:
        digest = queries.digest_of_box(box_id)
        for lead_id, kept in queries.kept_leads(door.door_id):
            boxes = [(box, means) for box in kept.boxes if box.ticked and box.free and box_digest(box) == digest]
            _record(kept, door, boxes, lead_id=lead_id, now=now)
    return True


def _record(kept: Kept, door: DoorFacts, boxes: Sequence[tuple[Box, Means]], *, lead_id: int, now: datetime) -> None:
    subject = standing.subjects([lead_id]).get(lead_id)
    if not boxes or subject is None or subject.contact_id is None:
        return
    said, ref = understand(kept.fields, door.mapping).values, ref_of(door, kept)
    sent = capture.submission_by_ref(ref)  # they got the magnet of the door
    consent.record_asked(
        [
            consent.Asked(
                contact_id=subject.contact_id,
                address_key=_key(said),
                offer=ConsentOffer(key=means.value, purpose=means.allows[0], channel=means.allows[1], text=box.words),
                language=box.language or door.language,
                version_id=sent.version_id if sent else None,
                at=min(kept.said_at, now),
                method=Method.LEAD_FORM,
                collector=f"door:{door.door_id}",
                evidence={"ref": ref, "address": said.get("email", ""), "phone": said.get("phone", "")},
            )
            for box, means in boxes
            if means.allows is not None
        ]
    )


def _key(said: Mapping[str, str]) -> str:
    """By what the person could be reached: the address, else the number."""
    address, phone = read_address(said.get("email", "")), read_phone(said.get("phone", ""))
    return address.key if address else phone.key if phone else ""
