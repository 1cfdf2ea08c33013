"""The named cast, and the small makers that stories begin with.

Ann confirmed her mailbox, Bob never did, Cleo said no; Dora is a marketer, Emil a sales rep, Fay the privacy officer; Mallory
attacks. Use the fixtures by importing this module in a conftest (`pytest_plugins` is set in `tests/conftest.py`).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import left_marketing, mailboxes_proven
from leadstone.wire.definition import (
    AskedField,
    AssetFacts,
    Channel,
    ConsentOffer,
    Contract,
    FieldKey,
    IncentiveClass,
    MagnetDefinition,
    NextStep,
    Purpose,
    SalesIntent,
    encode_definition,
)
from leadstone.wire.records import LeftMarketing, MailboxProven, Origin, SubmissionReceived

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
STREAM = "cast"
NEWSLETTER = ConsentOffer(
    key="newsletter-email", purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, text="Send me one letter a month about heating."
)
OFFERS = ConsentOffer(key="offers-email", purpose=Purpose.OFFERS, channel=Channel.EMAIL, text="Write to me about your audits.")

NOWHERE = Origin()

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Guide:
    """A published magnet."""

    magnet_id: int
    version_id: int
    slug: str
    definition: MagnetDefinition


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asked for a guide."""

    contact_id: int
    contact_key: UUID
    grant_id: int
    grant_key: UUID
    lead_id: int
    ref: str
    email: str


def definition(**changes: object) -> MagnetDefinition:
    """A complete, honest guide; `changes` replace its fields."""
    told: dict[str, object] = {
        "kind": "guide",
        "language": "en",
        "title": "Heating without gas",
        "promise": "What a heat pump really costs in an old house.",
        "button": "Send me the guide",
        "incentive": IncentiveClass.CONTENT,
        "sales_intent": SalesIntent.STATED,
        "contract": Contract(
            you_get="The guide as a PDF file, to keep for good.",
            asks=(
                AskedField(key=FieldKey.EMAIL, reason="to send the guide", required=True),
                AskedField(key=FieldKey.NAME, reason="to address you"),
                AskedField(key=FieldKey.PHONE, reason="to call back if you ask us to"),
                AskedField(key=FieldKey.COMPANY, reason="to answer for houses like yours"),
                AskedField(key=FieldKey.QUESTION, reason="to answer it"),
            ),
            next_steps=(
                NextStep(channel=Channel.EMAIL, text="One letter a month", purpose=Purpose.NEWSLETTER),
                NextStep(channel=Channel.EMAIL, text="An offer now and then", purpose=Purpose.OFFERS),
            ),
            sells="We sell heating audits.",
            scored="We judge how well our audit may fit by what you typed.",
            without_marketing="Leave the boxes empty: the guide comes all the same.",
            retention_months=12,
            deletion="After 12 quiet months, or with one click in the mail.",
            consents=(NEWSLETTER, OFFERS),
        ),
        "asset": AssetFacts(key="a" * 32, media_type="application/pdf", size_bytes=1024, name="guide.pdf", pages=12),
    }
    return MagnetDefinition(**(told | changes))  # type: ignore[arg-type]  # the keys are those of the struct


def published(slug: str = "", *, at: datetime = MONDAY, **changes: object) -> Guide:
    """A published guide, made without the screens and the file."""
    slug = slug or f"guide-{next(_numbers)}"
    told = definition(**changes)
    magnet = Magnet.objects.create(
        slug=slug, kind=told.kind, language=told.language, draft={}, title=told.title, created_at=at, updated_at=at
    )
    return new_version(Guide(magnet.pk, 0, slug, told), at=at)


def new_version(guide: Guide, *, at: datetime = MONDAY, **changes: object) -> Guide:
    """The next version of a guide; `changes` replace fields of the definition."""
    told = definition(**changes) if changes else guide.definition
    number = MagnetVersion.objects.filter(magnet_id=guide.magnet_id).count() + 1
    words = encode_definition(told)
    version = MagnetVersion.objects.create(
        magnet_id=guide.magnet_id, number=number, definition=words, digest=f"{number:064}", published_at=at
    )
    return Guide(guide.magnet_id, version.pk, guide.slug, told)


def form(
    guide: Guide,
    email: str,
    *,
    at: datetime = MONDAY,
    ticked: Sequence[str] = (),
    nonce: str = "",
    origin: Origin = NOWHERE,
    suspicion: str = "",
    language: str = "en",
    **answers: str,
) -> SubmissionReceived:
    """What the edge writes into the journal for one form."""
    number = next(_numbers)
    return SubmissionReceived(
        at=int(at.timestamp() * 1000),
        ref=f"ref-{number}",
        nonce=nonce or f"nonce-{number}",
        slug=guide.slug,
        version_id=guide.version_id,
        language=language,
        answers={"email": email, **answers},
        ticked=tuple(ticked),
        origin=origin,
        fill_ms=12_000,
        network="192.0.2.0/24",
        suspicion=suspicion,
    )


def placed(*records: SubmissionReceived) -> list[ReceivedRecord]:
    """The records as the journal hands them over."""
    return [ReceivedRecord(STREAM, next(_numbers), position, record) for position, record in enumerate(records)]


def receive(*records: SubmissionReceived, now: datetime = MONDAY) -> None:
    """Let forms take effect."""
    submissions_received(placed(*records), now=now)


def ask(guide: Guide, email: str, *, now: datetime = MONDAY, ticked: Sequence[str] = (), **answers: str) -> Visitor:
    """Somebody fills in the form of a guide."""
    record = form(guide, email, at=now, ticked=ticked, **answers)
    receive(record, now=now)
    return visitor(guide, email, ref=record.ref)


def visitor(guide: Guide, email: str, *, ref: str = "") -> Visitor:
    """Who asked for a guide under this address."""
    contact_id = contacts.contact_ids_by_address([email.lower()])[email.lower()]
    mailbox = contacts.mailboxes([contact_id])[contact_id]
    grant = next(each for each in grants.grants_of(contact_id) if each.magnet_id == guide.magnet_id)
    lead_id = Magnet.objects.get(pk=guide.magnet_id).leads.get(contact_id=contact_id).pk
    return Visitor(contact_id, mailbox.contact_key, grant.grant_id, grant.key, lead_id, ref, email)


def confirm(who: Visitor, *, now: datetime = MONDAY + timedelta(minutes=2)) -> None:
    """The owner of the mailbox presses the button."""
    mailboxes_proven([MailboxProven(at=int(now.timestamp() * 1000), grant_key=str(who.grant_key))], now=now)


def leave(who: Visitor, *, now: datetime = MONDAY + timedelta(days=1)) -> None:
    """The owner of the mailbox unsubscribes."""
    left_marketing([LeftMarketing(at=int(now.timestamp() * 1000), contact_key=str(who.contact_key), one_click=True)], now=now)


def staff(name: str, role: Role) -> User:
    """A member of staff, without a password."""
    return User.objects.create(email=f"{name.lower()}@leadstone.example", name=name, role=role.value, password="!")


@pytest.fixture
def guide(db: None) -> Guide:
    return published("heating")


@pytest.fixture
def ann(guide: Guide) -> Visitor:
    """A lead who confirmed her mailbox and the newsletter."""
    who = ask(guide, "ann@zaklad.example.com", name="Ann Nowak", phone="601 234 567", ticked=[NEWSLETTER.key])
    confirm(who)
    return who


@pytest.fixture
def bob(guide: Guide) -> Visitor:
    """Ticked the newsletter and never confirmed."""
    return ask(guide, "bob@example.org", name="Bob", ticked=[NEWSLETTER.key])


@pytest.fixture
def cleo(guide: Guide) -> Visitor:
    """Confirmed, then said no."""
    who = ask(guide, "cleo@example.net", name="Cleo", ticked=[NEWSLETTER.key])
    confirm(who)
    leave(who)
    return who


@pytest.fixture
def dora(db: None) -> User:
    return staff("Dora", Role.MARKETER)


@pytest.fixture
def emil(db: None) -> User:
    return staff("Emil", Role.REP)


@pytest.fixture
def fay(db: None) -> User:
    return staff("Fay", Role.PRIVACY_OFFICER)


@pytest.fixture
def mallory() -> str:
    """The attacker has no address that matters."""
    return "mallory@mailinator.com"
