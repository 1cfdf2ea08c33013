"""Who would get an issue if it left now, and why others would not: asked of the same rules that the gateway asks again later."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import MessageKind, may_write_to
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.newsletters.queries import letters
from leadstone.wire.definition import Channel, Purpose

PORTION = 1000
MOST_LOOKED_AT = 20_000  # a screen must not wait longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Counts of people. `complete` is False where there are more than were looked at."""

    readers: int
    would_get: int
    excluded: Mapping[str, int] = field(default_factory=dict)  # reason → how many
    languages: Mapping[str, int] = field(default_factory=dict)  # of those who would get it
    complete: bool = True


def audience(*, magnet_id: int, topics: Sequence[str], purpose: Purpose, now: datetime) -> Audience:
    """The readers of these topics, as the law and they themselves allow it at this moment."""
    pack = pack_for("", on=now.date())
    excluded: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    readers, after = 0, 0
    while readers < MOST_LOOKED_AT:
        ids = letters.subscriber_ids(magnet_id=magnet_id, topics=topics, after=after, limit=PORTION)
        if not ids:
            break
        readers, after = readers + len(ids), ids[-1]
        boxes = contacts.mailboxes(ids)
        facts = consent.consent_facts([(box.contact_id, box.address_hash) for box in boxes.values()], channel=Channel.EMAIL)
        for box in boxes.values():
            decision = may_write_to(
                facts[box.contact_id, box.address_hash],
                message_class=MessageKind.MARKETING.value,
                purpose=purpose.value,
                channel=Channel.EMAIL,
                pack=pack,
            )
            if decision:
                languages[box.language] += 1
            else:
                excluded[str(decision.because)] += 1
        excluded["no_address"] += len(ids) - len(boxes)
    return Audience(
        readers=readers,
        would_get=sum(languages.values()),
        excluded={because: n for because, n in excluded.items() if n},
        languages=dict(languages),
        complete=readers < MOST_LOOKED_AT,
    )
