"""The demo company's consultation: two hosts with their hours, people who came, one who did not, and some who are coming."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from leadstone.domains.bookings import queries as bookings
from leadstone.domains.bookings import services
from leadstone.domains.bookings.rules import State
from leadstone.domains.bookings.services import hosts as host_services
from leadstone.domains.bookings.services.hosts import HostSettings
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.booked import time_chosen
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.project.demo.catalogue import polish_contract
from leadstone.project.demo.history import letters_leave
from leadstone.wire.definition import AskedField, FieldKey, MagnetDefinition, NextStep
from leadstone.wire.records import MailboxProven, Origin, SubmissionReceived

CONSULTATION_SLUG = "consultation"
ZONE = "Europe/Warsaw"
SUBJECT = "Pół godziny z inżynierem o Twoim domu"

_CONTRACT = polish_contract("Pół godziny rozmowy z inżynierem, w terminie, który wybierzesz. Bezpłatnie i bez zobowiązań.")

CONSULTATION = MagnetDefinition(
    kind="consultation",
    language="pl",
    title=SUBJECT,
    promise="Opowiadasz o domu i rachunkach, a inżynier mówi, co zrobiłby na Twoim miejscu. Czasem brzmi to: na razie nic.",
    points=(
        "Rozmowa o Twoim domu, nie o naszej ofercie",
        "Na koniec jedno zdanie: co zrobić najpierw",
        "Termin przełożysz albo odwołasz jednym kliknięciem",
    ),
    proof="Rozmawiają Emil i Gosia; od 2023 roku zrobili 63 audyty domów na Mazowszu i w Wielkopolsce.",
    button="Wybierz termin",
    contract=msgspec.structs.replace(
        _CONTRACT,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy zaproszenie.", required=True),
            AskedField(key=FieldKey.NAME, reason="Żebyśmy wiedzieli, z kim rozmawiamy."),
            AskedField(key=FieldKey.QUESTION, reason="Inżynier przeczyta przed rozmową i się przygotuje."),
        ),
        next_steps=(
            NextStep(
                channel=_CONTRACT.next_steps[0].channel,
                text="Od razu: wiadomość z potwierdzeniem terminu, potem zaproszenie i przypomnienia przed rozmową.",
            ),
            *_CONTRACT.next_steps[1:],
        ),
        without_marketing="Nie zaznaczaj pola z listem: rozmowa odbędzie się tak samo.",
    ),
    settings={
        "minutes": 30,
        "notice_hours": 24,
        "days_ahead": 28,
        "place": "video",
        "where": "https://rozmowy.cieplo-polskie.example/dom",
        "prepare": "Przygotuj rachunki za ogrzewanie z ostatniej zimy i kilka zdjęć kotłowni.",
    },
)

FROM_THE_FAIR = "lucja.stepien@poczta.example.org"  # whom Emil had met there

# Days from today (working days are found), the time on the wall, who, what they ask, and what came of it.
_PAST = (
    (-16, time(9), "Barbara Sikora", "bsikora@poczta.example", "Dom z 1978 roku, węgiel. Od czego zacząć?", State.TOOK_PLACE),
    (-12, time(13), "Łucja Stępień", FROM_THE_FAIR, "Czy da się zostawić stare grzejniki?", State.TOOK_PLACE),
    (-9, time(10, 30), "Iwona Maj", "iwona.maj@poczta.example", "", State.NO_SHOW),
    (-3, time(11), "Krzysztof Baran", "k.baran@poczta.example", "Ile kosztuje ocieplenie stropu?", None),
)
_AHEAD = (
    (2, time(9, 30), "Ewelina Kos", "ewelina@kos.example", "Mamy dwie oferty i nie wiemy, którą wybrać."),
    (3, time(13), "Jan Mróz", "jan.mroz@poczta.example", "Dom pasywny, czy pompa ma sens?"),
    (6, time(10), "Agata Wrona", "agata.wrona@poczta.example", ""),
)


def open_hosts(staff: Mapping[str, int]) -> None:
    """Emil and Gosia may be booked; Gosia twice as often, and with a breath after each talk."""
    day, morning = ((time(9), time(12)), (time(13), time(16))), ((time(9), time(13)),)
    emil = host_services.open_host(staff["emil"], zone=ZONE)
    host_services.change_host(
        emil, kept=HostSettings(is_open=True, zone=ZONE, hours=dict.fromkeys(range(1, 6), day), daily_limit=5)
    )
    gosia = host_services.open_host(staff["gosia"], zone=ZONE)
    host_services.change_host(
        gosia,
        kept=HostSettings(
            is_open=True, zone=ZONE, hours=dict.fromkeys(range(1, 5), day) | {5: morning}, after_minutes=10, weight=2
        ),
    )


def tell_bookings(*, now: datetime) -> None:
    """Book what was booked and what is coming, through the pages' own flow, at the time at which it happened."""
    magnet = magnets.by_slug(CONSULTATION_SLUG)
    version = magnets.current_version(magnet.pk) if magnet else None
    if version is None:
        raise LookupError(CONSULTATION_SLUG)
    version_id = version.version_id
    for away, clock, name, email, question, outcome in _PAST:
        begins = _weekday(now, away, clock)
        booking_id = _book(version_id, begins, name=name, email=email, question=question, at=begins - timedelta(days=4, hours=2))
        if booking_id is not None and outcome is not None:
            services.tell_outcome(booking_id, outcome=outcome, now=begins + timedelta(minutes=40))
    for place, (away, clock, name, email, question) in enumerate(_AHEAD):
        _book(
            version_id,
            _weekday(now, away, clock),
            name=name,
            email=email,
            question=question,
            at=now - timedelta(days=1 + place, hours=3),
        )


def _book(version_id: int, begins: datetime, *, name: str, email: str, question: str, at: datetime) -> int | None:
    # The same on every machine, and a key for nobody.
    mark = hashlib.blake2s(email.encode(), digest_size=8).hexdigest()
    record = SubmissionReceived(
        at=int(at.timestamp() * 1000),
        ref=f"demo-booking-{mark}",
        nonce=f"demo-booking-{mark}",
        slug=CONSULTATION_SLUG,
        version_id=version_id,
        language="pl",
        answers={"email": email, "name": name} | ({"question": question} if question else {}),
        origin=Origin(source="newsletter", medium="email"),
        fill_ms=41_000,
    )
    held = time_chosen(record, begins=begins, zone=ZONE, now=at)
    facts = bookings.booking_of_form(record.ref) if held.decision else None
    grant = grants.grant(facts.grant_id) if facts is not None and facts.grant_id is not None else None
    if facts is None or grant is None:
        return None
    letters_leave(SUBJECT, now=at + timedelta(seconds=2))
    proven_at = at + timedelta(minutes=4)
    mailboxes_proven([MailboxProven(at=int(proven_at.timestamp() * 1000), grant_key=str(grant.key))], now=proven_at)
    services.prove(facts.booking_id, now=proven_at)
    letters_leave(SUBJECT, now=proven_at + timedelta(seconds=2))
    return facts.booking_id


def _weekday(now: datetime, away: int, clock: time) -> datetime:
    """So many days from today; a weekend is jumped over, away from today."""
    zone = ZoneInfo(ZONE)
    day = now.astimezone(zone).date() + timedelta(days=away)
    while day.isoweekday() > 5:
        day += timedelta(days=1 if away > 0 else -1)
    return datetime.combine(day, clock, zone)
