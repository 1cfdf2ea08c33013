"""The demo company's trial: fourteen days of its energy-monitoring app, with people at every stage of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets import services as magnets
from leadstone.domains.trials import queries as trials
from leadstone.flows import trial_reports
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.trials_due import remind_and_end
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.infra.blobs.store import BlobStore
from leadstone.kernel.money import Currency
from leadstone.project.demo.catalogue import polish_contract
from leadstone.project.demo.history import letters_leave, ms, react_until_quiet
from leadstone.project.demo.people import people
from leadstone.wire.definition import AskedField, Channel, FieldKey, IncentiveClass, MagnetDefinition, NextStep
from leadstone.wire.records import MailboxProven, SubmissionReceived

STREAM = "demo-trials"
TRIAL_SLUG = "trial"

_CONTRACT = polish_contract("Pełny dostęp do aplikacji Licznik na 14 dni: zużycie ciepła i prądu w domu, godzina po godzinie.")

TRIAL = MagnetDefinition(
    kind="trial",
    language="pl",
    title="Licznik: zobacz, dokąd ucieka ciepło, przez 14 dni",
    promise="Aplikacja, która z odczytów licznika pokazuje, ile energii idzie na ogrzewanie, a ile na resztę. Bez karty.",
    points=(
        "Zużycie godzina po godzinie, z podziałem na ogrzewanie i resztę",
        "Porównanie z tym samym tygodniem rok temu",
        "Po 14 dniach dostęp wygasa sam; niczego nie trzeba odwoływać",
    ),
    button="Zacznij 14 dni",
    incentive=IncentiveClass.TOOL,
    contract=msgspec.structs.replace(
        _CONTRACT,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Na ten adres przyjdzie wejście do aplikacji.", required=True),
            AskedField(key=FieldKey.NAME, reason="Żebyśmy wiedzieli, jak się do Ciebie zwrócić."),
        ),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="Od razu: jedna wiadomość z wejściem do aplikacji."),
            NextStep(channel=Channel.EMAIL, text="Jedno przypomnienie trzy dni przed końcem i jedna wiadomość po 14 dniach."),
            *_CONTRACT.next_steps[1:],
        ),
        without_marketing="Nie zaznaczaj pola z listem: 14 dni dostaniesz tak samo.",
    ),
    settings={
        "days": 14,
        "remind_days": 3,
        "zone": "Europe/Warsaw",
        "at_end": "Po 14 dniach dostęp wygasa, a odczyty kasujemy po kolejnych 30. Nic nie pobieramy. Abonament (29 zł"
        " miesięcznie) zaczyna się tylko wtedy, gdy sam go wybierzesz.",
        "start_url": "https://licznik.cieplo-polskie.example/start",
    },
)


@dataclass(frozen=True)
class Tried:
    """One person: how many days ago they asked, and after how many days what came of it (None: nothing)."""

    days_ago: float
    proves: bool = True
    went_in: float | None = None
    uses: int = 0
    bought: float | None = None
    minor: int = 0


TRIED = (
    Tried(29, went_in=0.1, uses=6, bought=12, minor=34_800),
    Tried(26, went_in=1.2, uses=3),
    Tried(24),
    Tried(21, went_in=0.4, uses=5, bought=16, minor=2_900),
    Tried(18, went_in=6.5, uses=1),
    Tried(13.2, went_in=0.2, uses=4),
    Tried(12, went_in=0.1, uses=3, bought=10, minor=2_900),
    Tried(10.5),
    Tried(5, went_in=0.1, uses=2),
    Tried(3.4, proves=False),
    Tried(2.1, went_in=0.3, uses=2),
    Tried(0.6),
)


def publish_trial(blobs: BlobStore, *, by: int, now: datetime) -> int:
    """Publish the trial; returns the version."""
    made = magnets.create_from_definition(TRIAL, slug=TRIAL_SLUG, by=by, now=now)
    published = magnets.publish_version(magnet_id=made.pk, slug=TRIAL_SLUG, blobs=blobs, by=by, now=now)
    if published.version_id is None:
        raise AssertionError(f"{TRIAL_SLUG}: {[(gap.code, gap.where) for gap in published.gaps]}")
    return published.version_id


def tell_trials(version_id: int, *, now: datetime) -> None:
    """A month of people who tried it."""
    crowd = people(language="pl", seed=314)
    for number, tried in enumerate(TRIED):
        person = next(crowd)
        at = now - timedelta(days=tried.days_ago)
        record = SubmissionReceived(
            at=ms(at),
            ref=f"demo-trial-{number:04d}",
            nonce=f"demo-trial-{number:04d}",
            slug=TRIAL_SLUG,
            version_id=version_id,
            language="pl",
            answers={"email": person.email, "name": person.name},
            fill_ms=30_000 + 1_000 * number,
            network=f"198.51.100.{number * 16 % 256}/24",
        )
        submissions_received([ReceivedRecord(STREAM, number + 1, 0, record)], now=at)
        letters_leave(f"{TRIAL.title} – otwórz tutaj", now=at + timedelta(seconds=2))
        if tried.proves:
            _try_out(record, tried, at=at + timedelta(minutes=4))
    while remind_and_end(now=now):
        continue
    letters_leave("Licznik: okres próbny", now=now)


def _try_out(record: SubmissionReceived, tried: Tried, *, at: datetime) -> None:
    email = record.answers["email"]
    contact_id = contacts.contact_ids_by_address([email])[email]
    grant = next(each for each in grants.grants_of(contact_id) if each.version_id == record.version_id)
    mailboxes_proven([MailboxProven(at=ms(at), grant_key=str(grant.key))], now=at)
    react_until_quiet(now=at)
    trial = trials.trial_of(contact_id=contact_id, magnet_id=grant.magnet_id)
    if trial is None or tried.went_in is None:
        return
    trial_reports.went_in(trial.key, now=at + timedelta(days=tried.went_in))
    for use in range(1, tried.uses):
        step = (min(tried.days_ago, 14) - tried.went_in) / tried.uses
        trial_reports.used(trial.key, now=at + timedelta(days=tried.went_in + step * use))
    if tried.bought is not None:
        when = at + timedelta(days=tried.bought)
        trial_reports.bought(trial.key, amount_minor=tried.minor, currency=Currency.PLN, now=when)
