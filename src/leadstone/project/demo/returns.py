"""Who comes back: of those who send a form in the ninety days, some had sent one before, or had met us at the fair.

Nobody is added: a person who came before stands where a stranger stood. So a customer has met us more than once, and the models
that divide the credit for them differ, as they do in a real house: the prize draw is the first touch of a few who buy in the end.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries.origins import leads_of_exchanges
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline import services as pipeline
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.project.demo.bookings import CONSULTATION_SLUG, FROM_THE_FAIR
from leadstone.project.demo.catalogue import TRAP
from leadstone.project.demo.offline import MEETINGS
from leadstone.project.demo.people import Person
from leadstone.project.demo.visits import Plan, Visit
from leadstone.wire.definition import FieldKey
from leadstone.wire.records import Origin

BACK_SHARE = 0.24
AFTER_THE_PRIZE = 0.6  # of those who read English and come back, as long as there are any
REST = timedelta(days=5)
LETTER = Origin(source="newsletter", medium="email", campaign="jesien")
SEARCH = Origin(source="google", medium="organic", referrer_host="www.google.com")
SOLD_AFTER = timedelta(days=5)


@dataclass
class _Known:
    """Somebody who has been here. `asked`: slugs of what they took."""

    person: Person
    since: datetime
    asked: set[str] = field(default_factory=set)


def with_returns(plan: Plan, *, now: datetime) -> None:
    """Let a part of the later visits be of people who came before, by a letter of ours or by searching again."""
    chance = random.Random(53)
    known: dict[str, list[_Known]] = {"pl": list(_met_at_the_fair(now)), "en": []}
    # Invented people share names: whoever asks for something under an address anyway is not sent there a second time.
    expected: dict[str, set[str]] = {}
    for _at, visits in plan.groups:
        for visit in visits:
            expected.setdefault(visit.magnet.slug, set()).add(visit.person.email)
    for at, visits in plan.groups:
        for place, visit in enumerate(visits):
            crowd = known[visit.magnet.definition.language]
            free = [one for one in crowd if one.person.email not in expected[visit.magnet.slug]]
            back = _back(visit, free, at, chance) if visit.magnet is not TRAP and chance.random() < BACK_SHARE else None
            if back is not None:
                visits[place] = _as(visit, back.person, chance)
                expected[visit.magnet.slug].add(back.person.email)
                back.since = at
        crowd += [_Known(visit.person, at, {visit.magnet.slug}) for visit in visits if visit.confirms and _is_somebody(visit)]


def sell_to_whom_we_met(*, by: int, now: datetime) -> None:
    """From the fair by search and a letter to the consultation, and then to the audit."""
    ids = contacts.contact_ids_by_address([FROM_THE_FAIR])
    magnet = magnets.by_slug(CONSULTATION_SLUG)
    assert magnet is not None
    for lead_id in leads_of_exchanges([(ids[FROM_THE_FAIR], magnet.pk)]).values():
        sold_at = now - SOLD_AFTER
        pipeline.record_deal(
            lead_id=lead_id, amount_minor=129_000, currency=Currency.PLN, title="Audyt cieplny", by=by, now=sold_at
        )


def _met_at_the_fair(now: datetime) -> Iterator[_Known]:
    for met in MEETINGS:
        if met.channel is ChannelType.TRADE_FAIR and met.email:
            person = Person(met.name, met.email, met.phone, met.company)
            yield _Known(person, now - timedelta(days=met.days_ago) - REST + timedelta(days=1))


def _back(visit: Visit, crowd: list[_Known], at: datetime, chance: random.Random) -> _Known | None:
    rested = [one for one in crowd if at - one.since > REST]
    drawn = [one for one in rested if TRAP.slug in one.asked]
    wanted = drawn if drawn and chance.random() < AFTER_THE_PRIZE else rested
    return chance.choice(wanted) if wanted else None


def _as(visit: Visit, person: Person, chance: random.Random) -> Visit:
    """The same form, sent by somebody else, whose mailbox was proven long ago."""
    theirs = {
        FieldKey.EMAIL: person.email,
        FieldKey.NAME: person.name,
        FieldKey.PHONE: person.phone,
        FieldKey.COMPANY: person.company,
    }
    told = {key.value: text for key, text in theirs.items() if text and key.value in visit.record.answers}
    came_by = chance.choices((LETTER, SEARCH, visit.record.origin), (5, 3, 2))[0]
    record = msgspec.structs.replace(visit.record, answers=visit.record.answers | told, origin=came_by)
    return replace(visit, person=person, record=record, confirms=True)


def _is_somebody(visit: Visit) -> bool:
    return not visit.person.name.islower() and not visit.person.phone.startswith("111")
