"""Who would get an issue if it left now, and why others would not: asked of the same rules that the gateway asks again later."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import MessageKind, may_write_to
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery.rules import Refusal
from leadstone.domains.newsletters.queries import boxes, readers
from leadstone.domains.newsletters.queries.boxes import Promised
from leadstone.wire.definition import Channel, Purpose

PORTION = 1000
MOST_LOOKED_AT = 20_000  # a screen must not wait longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Counts of people. `complete` is False where there are more than were looked at."""

    readers: int
    would_get: int
    promised: int = 0  # of those who would get it: by a box elsewhere alone
    excluded: Mapping[str, int] = field(default_factory=dict)  # reason → how many
    languages: Mapping[str, int] = field(default_factory=dict)  # of those who would get it
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFilter:
    """Which rows somebody asks for: `because` a reason for holding back, "" for those who get it, None for all."""

    promised: bool | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One reader of the topics: `because` why nothing would leave to them, `promised` by which boxes alone they read."""

    contact_id: int
    address: str
    language: str
    because: str
    promised: Sequence[Promised] = ()


def audience(*, magnet_id: int, topics: Sequence[str], purpose: Purpose, now: datetime) -> Audience:
    """The readers of these topics, as the law and they themselves allow it at this moment."""
    excluded: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    promised = seen = 0
    for each in each_reached(magnet_id=magnet_id, topics=topics, purpose=purpose, now=now):
        if seen == MOST_LOOKED_AT:
            break
        seen += 1
        if each.because:
            excluded[each.because] += 1
        else:
            languages[each.language] += 1
            promised += bool(each.promised)
    else:
        return Audience(
            readers=seen, would_get=languages.total(), promised=promised, excluded=dict(excluded), languages=dict(languages)
        )
    return Audience(
        readers=seen,
        would_get=languages.total(),
        promised=promised,
        excluded=dict(excluded),
        languages=dict(languages),
        complete=False,
    )


def audience_lines(
    chosen: AudienceFilter, *, magnet_id: int, topics: Sequence[str], purpose: Purpose, now: datetime, after: int = 0
) -> Iterator[Reached]:
    """The people behind those counts, by contact id."""
    for each in each_reached(magnet_id=magnet_id, topics=topics, purpose=purpose, now=now, after=after):
        fits = chosen.promised is None or chosen.promised == bool(each.promised)
        if fits and (chosen.because is None or chosen.because == each.because):
            yield each


def each_reached(*, magnet_id: int, topics: Sequence[str], purpose: Purpose, now: datetime, after: int = 0) -> Iterator[Reached]:
    """Every reader of the topics, by contact id, a portion at a time."""
    while ids := readers.reader_ids(magnet_id=magnet_id, topics=topics, after=after, limit=PORTION):
        yield from _portion(ids, magnet_id=magnet_id, topics=topics, purpose=purpose, now=now)
        after = ids[-1]


def _portion(ids: Sequence[int], *, magnet_id: int, topics: Sequence[str], purpose: Purpose, now: datetime) -> Iterator[Reached]:
    pack = pack_for("", on=now.date())
    mailboxes = contacts.mailboxes(ids)
    facts = consent.consent_facts([(box.contact_id, box.address_hash) for box in mailboxes.values()], channel=Channel.EMAIL)
    chose = readers.choosers(ids, magnet_id=magnet_id, topics=topics)
    promised = boxes.promised_to([each for each in ids if each not in chose], magnet_id=magnet_id)
    for contact_id in ids:
        told = [each for each in promised.get(contact_id, ()) if each.topic in topics]
        box = mailboxes.get(contact_id)
        if box is None:
            yield Reached(contact_id=contact_id, address="", language="", because=Refusal.NO_ADDRESS.value, promised=told)
            continue
        decision = may_write_to(
            facts[contact_id, box.address_hash],
            message_class=MessageKind.MARKETING.value,
            purpose=purpose.value,
            channel=Channel.EMAIL,
            pack=pack,
        )
        because = "" if decision else str(decision.because)
        yield Reached(contact_id=contact_id, address=box.value, language=box.language, because=because, promised=told)
