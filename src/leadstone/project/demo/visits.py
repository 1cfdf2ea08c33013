"""Who came when: ninety days of forms, told as the edge would have told them. Deterministic; times are relative to today."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from leadstone.project.demo.catalogue import MAGNETS, TRAP, DemoMagnet
from leadstone.project.demo.people import QUESTIONS, Person, made_up, people
from leadstone.wire.definition import Channel, ConsentOffer, FieldKey
from leadstone.wire.records import Origin, PagesViewed, SubmissionReceived, ViewCount

DAYS = 90
# Forms are taken in together where they came within minutes, as a worker does; a demo of every single minute would take
# a minute to build, so only the last days are told one by one.
LAST_DAYS = timedelta(days=4)
FORMS_AT_ONCE = 20
TRAP_FORMS_AT_ONCE = 60
LAST_FORMS_AT_ONCE = 2
SOURCES_OF_VIEWS_A_DAY = 2
MADE_UP_SHARE = 0.35  # of those who come for a prize

SOURCES = (
    (Origin(source="google", medium="organic", referrer_host="www.google.com"), 34),
    (Origin(), 22),
    (Origin(referrer_host="forum-ogrzewanie.example"), 14),
    (Origin(source="newsletter", medium="email", campaign="jesien"), 12),
    (Origin(source="facebook", medium="cpc", campaign="pompy-jesien"), 10),
    (Origin(source="podcast", medium="podcast", campaign="dom-bez-dymu"), 8),
)
TRAP_SOURCES = (
    (Origin(source="facebook", medium="cpc", campaign="triple"), 70),
    (Origin(source="instagram", medium="paid_social", campaign="triple"), 22),
    (Origin(), 8),
)


@dataclass(frozen=True)
class Visit:
    """One person who sent one form, and what they did afterwards."""

    magnet: DemoMagnet
    person: Person
    record: SubmissionReceived
    confirms: bool
    rating: str
    leaves: bool


@dataclass
class Plan:
    """Everything that happened, in order: groups of visits of the same minutes, and views by day."""

    groups: list[tuple[datetime, list[Visit]]]
    views: list[PagesViewed] = field(default_factory=list)


def plan_visits(version_ids: dict[str, int], *, now: datetime) -> Plan:
    """The ninety days before `now`. `version_ids`: slug → the version that people saw."""
    chance = random.Random(1290)
    groups: list[tuple[datetime, list[Visit]]] = []
    for magnet in MAGNETS:
        visits = list(_visits_of(magnet, version_ids[magnet.slug], chance))
        while visits:
            at = _moment(magnet, chance, now=now)
            usual = TRAP_FORMS_AT_ONCE if magnet is TRAP else FORMS_AT_ONCE
            size = LAST_FORMS_AT_ONCE if now - at < LAST_DAYS else usual
            groups.append((at, [_at(visit, at - timedelta(seconds=9 * place)) for place, visit in enumerate(visits[:size])]))
            visits = visits[size:]
    groups.sort(key=lambda group: group[0])
    return Plan(groups, list(_views(version_ids, chance, now=now)))


def _visits_of(magnet: DemoMagnet, version_id: int, chance: random.Random) -> Iterator[Visit]:
    language = magnet.definition.language
    crowd = people(language=language, seed=MAGNETS.index(magnet))
    for number in range(magnet.leads):
        person = made_up(number, chance) if magnet is TRAP and chance.random() < MADE_UP_SHARE else next(crowd)
        invented = person.name.islower() or person.phone.startswith("111")
        confirms = chance.random() < (0.05 if invented else magnet.confirmed + (0.16 if magnet is TRAP else 0))
        yield Visit(
            magnet=magnet,
            person=person,
            record=_form(magnet, person, version_id, number, chance),
            confirms=confirms,
            rating=chance.choices(("yes", "partly", "no"), magnet.rated)[0] if confirms and chance.random() < 0.55 else "",
            leaves=confirms and chance.random() < 0.04,
        )


def _form(magnet: DemoMagnet, person: Person, version_id: int, number: int, chance: random.Random) -> SubmissionReceived:
    asked = {field.key for field in magnet.definition.contract.asks}
    answers = {FieldKey.EMAIL.value: person.email}
    if FieldKey.NAME in asked and (magnet is TRAP or chance.random() < 0.8):
        answers[FieldKey.NAME.value] = person.name
    if FieldKey.PHONE in asked and (person.phone.startswith("111") or chance.random() < 0.4):
        answers[FieldKey.PHONE.value] = person.phone
    if FieldKey.COMPANY in asked and person.company:
        answers[FieldKey.COMPANY.value] = person.company
    if FieldKey.QUESTION in asked and chance.random() < 0.25:
        answers[FieldKey.QUESTION.value] = chance.choice(QUESTIONS[magnet.definition.language])
    offers = magnet.definition.contract.consents
    origins, weights = zip(*(TRAP_SOURCES if magnet is TRAP else SOURCES), strict=True)
    return SubmissionReceived(
        at=0,
        ref=f"demo-{magnet.slug}-{number:04d}",
        nonce=f"demo-{magnet.slug}-{number:04d}",
        slug=magnet.slug,
        version_id=version_id,
        language=magnet.definition.language,
        answers=answers,
        ticked=tuple(offer.key for offer in offers if _ticks(offer, answers, chance)),
        origin=chance.choices(origins, weights)[0],
        fill_ms=chance.randint(9_000, 80_000),
        network=f"203.0.113.{chance.randint(0, 15) * 16}/24",
    )


def _ticks(offer: ConsentOffer, answers: Mapping[str, str], chance: random.Random) -> bool:
    """Who leaves a number wants to be called; without one nobody asks for a call."""
    if offer.channel is Channel.PHONE:
        return FieldKey.PHONE.value in answers
    return chance.random() < 0.38


def _at(visit: Visit, at: datetime) -> Visit:
    record = msgspec.structs.replace(visit.record, at=int(at.timestamp() * 1000))
    return Visit(visit.magnet, visit.person, record, visit.confirms, visit.rating, visit.leaves)


def _moment(magnet: DemoMagnet, chance: random.Random, *, now: datetime) -> datetime:
    """Some time in the ninety days, by daylight; interest in the honest magnets grows towards winter."""
    day = int(DAYS * chance.random() ** (1.0 if magnet is TRAP else 0.75))
    at = (now - timedelta(days=DAYS - day)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(at + timedelta(seconds=chance.randint(6 * 3600, 21 * 3600)), now - timedelta(minutes=chance.randint(25, 300)))


def _views(version_ids: dict[str, int], chance: random.Random, *, now: datetime) -> Iterator[PagesViewed]:
    for day in range(DAYS + 1):
        counts = []
        for magnet in MAGNETS:
            sources = TRAP_SOURCES if magnet is TRAP else SOURCES
            a_day = magnet.leads * magnet.viewed_per_lead / DAYS
            # Two sources a day in turn, each with the looks of the days on which it is left out.
            first = day * SOURCES_OF_VIEWS_A_DAY
            todays = [sources[place % len(sources)] for place in range(first, first + SOURCES_OF_VIEWS_A_DAY)]
            for origin, weight in todays:
                share = weight / 100 * len(sources) / SOURCES_OF_VIEWS_A_DAY
                number = round(a_day * share * chance.uniform(0.5, 1.5))
                source = origin.source or origin.referrer_host
                if number:
                    counts.append(
                        ViewCount(
                            version_id=version_ids[magnet.slug],
                            source=source,
                            medium=origin.medium,
                            campaign=origin.campaign,
                            people=number,
                            machines=round(number * chance.uniform(0.05, 0.3)),
                        )
                    )
        yield PagesViewed(at=int((now - timedelta(days=DAYS - day)).timestamp() * 1000), counts=tuple(counts))
