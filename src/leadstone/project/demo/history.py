"""Ninety days told to the flows, group by group, in the order in which they happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery.rules import Limits, MessageClass
from leadstone.domains.delivery.services import gateway
from leadstone.domains.delivery.services.settling import Result
from leadstone.domains.grants import queries as grants
from leadstone.flows.mail_domains_looked_up import mail_domains_looked_up
from leadstone.flows.reactions import REACTIONS
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import files_served, left_marketing, mailboxes_proven, promises_rated
from leadstone.flows.visits_counted import pages_viewed
from leadstone.infra.mail.outcome import SENT
from leadstone.infra.outbox import services as outbox
from leadstone.project.demo.people import FIRMS, POST_BOXES
from leadstone.project.demo.visits import Plan, Visit
from leadstone.wire.records import FileServed, LeftMarketing, MailboxProven, PromiseRated, SubmissionReceived

STREAM = "demo"
WORKER = "demo"
SUBJECTS = {"pl": "Twój plik: {title}", "en": "Your file: {title}"}
MAIL_AFTER = timedelta(seconds=2)
CONFIRM_AFTER = timedelta(minutes=4)
FILE_AFTER = timedelta(seconds=3)
RATE_AFTER = timedelta(hours=20)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Keys:
    """What the links in one person's mail carry."""

    grant: str
    contact: str


def tell(plan: Plan, *, now: datetime) -> None:
    """Let everything in `plan` take effect with its own times."""
    react_until_quiet(now=min(at for at, _ in plan.groups))
    keys: dict[str, Keys] = {}
    for sequence, (at, visits) in enumerate(plan.groups, start=1):
        batch = [ReceivedRecord(STREAM, sequence, place, visit.record) for place, visit in enumerate(visits)]
        submissions_received(batch, now=at)
        hand_mail_over(visits, now=at + MAIL_AFTER)
        confirming = [visit for visit in visits if visit.confirms]
        keys |= keys_of(confirming)
        confirm([keys[visit.record.ref] for visit in confirming], now=at + CONFIRM_AFTER)
    afterwards([visit for _, visits in plan.groups for visit in visits if visit.confirms], keys, now=now)
    pages_viewed(plan.views, now=now)
    domains = [*POST_BOXES, *(domain for domain, _ in FIRMS)]
    mail_domains_looked_up(dict.fromkeys(domains, True), now=now)
    react_until_quiet(now=now)


def hand_mail_over(visits: Sequence[Visit], *, now: datetime) -> None:
    """The letters of this group count as sent."""
    definition = visits[0].magnet.definition
    letters_leave(SUBJECTS[definition.language].format(title=definition.title), now=now)


def letters_leave(subject: str, *, now: datetime) -> None:
    """Whatever waits counts as sent, although none was ever composed: nobody lives at these addresses."""
    react_until_quiet(now=now)
    claimed = gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=MOST_AT_ONCE, worker=WORKER, now=now)
    leaving = gateway.screen(claimed, worker=WORKER, limits=Limits(), now=now)
    permitted = gateway.settle_and_permit([], dict.fromkeys(leaving, subject), worker=WORKER, limits=Limits(), now=now)
    gateway.settle_and_permit([Result(pk, SENT) for pk in permitted], {}, worker=WORKER, limits=Limits(), now=now)
    react_until_quiet(now=now)


def keys_of(visits: Sequence[Visit]) -> dict[str, Keys]:
    """Submission ref → the keys that its links would carry."""
    keys = keys_of_grants([visit.record for visit in visits])
    return {visit.record.ref: key for visit, key in zip(visits, keys, strict=True)}


def keys_of_grants(forms: Sequence[SubmissionReceived]) -> list[Keys]:
    """The keys that the links of each form would carry."""
    addresses = [form.answers["email"] for form in forms]
    ids = contacts.contact_ids_by_address(set(addresses))
    boxes = contacts.mailboxes(list(ids.values()))
    found = []
    for form, address in zip(forms, addresses, strict=True):
        contact_id = ids[address]
        (grant,) = (grant for grant in grants.grants_of(contact_id) if grant.version_id == form.version_id)
        found.append(Keys(str(grant.key), str(boxes[contact_id].contact_key)))
    return found


def confirm(keys: Sequence[Keys], *, now: datetime) -> None:
    """These people pressed the button in the mail."""
    if keys:
        mailboxes_proven([MailboxProven(at=ms(now), grant_key=key.grant) for key in keys], now=now)


def afterwards(visits: Sequence[Visit], keys: Mapping[str, Keys], *, now: datetime) -> None:
    """Files opened, promises rated, letters cancelled; the records carry their own times, so one batch of each will do."""
    served, rated, left = [], [], []
    for visit in visits:
        mine = keys[visit.record.ref]
        opened = visit.record.at + span(CONFIRM_AFTER + FILE_AFTER)
        served.append(FileServed(at=opened, grant_key=mine.grant))
        if visit.rating:
            rated.append(PromiseRated(at=min(opened + span(RATE_AFTER), ms(now)), grant_key=mine.grant, answer=visit.rating))
        if visit.leaves and visit.record.ticked:
            left.append(LeftMarketing(at=ms(now), contact_key=mine.contact, one_click=True))
    files_served(served, now=now)
    promises_rated(rated, now=now)
    left_marketing(left, now=now - timedelta(hours=2))


def react_until_quiet(*, now: datetime) -> None:
    while outbox.react(REACTIONS, now=now):
        pass


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def span(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
