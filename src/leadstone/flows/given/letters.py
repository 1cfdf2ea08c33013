"""What a proven mailbox reads from now on: the topics that its own forms ticked."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.queries import SubmissionFacts
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import StatementState
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import MailboxConfirmedAgain
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.kinds.newsletter import chosen_topics
from leadstone.domains.newsletters.services import subscribing
from leadstone.wire.definition import Channel, Purpose

# Buttons of mails that answer forms of one day may be pressed in any order.
SAME_DAY = timedelta(days=1)


def give_letters(asked: Sequence[LetterFacts], now: datetime) -> None:
    """Subscribe each to what they chose, if the consent stands: whoever left since is not brought back."""
    magnet_of = magnets.magnet_ids({facts.version_id for facts in asked})
    pairs = {(facts.contact_id, magnet_of[facts.version_id]) for facts in asked}
    people = {contact_id for contact_id, _ in pairs}
    agreed = consent.permissions_of(people)
    allowed = {pair for pair in pairs if agreed.get(pair[0], {}).get((Purpose.NEWSLETTER, Channel.EMAIL)) is Act.GIVEN}
    forms = {pair: _own_forms(pair[0], sent) for pair, sent in capture.accepted_forms(allowed).items()}
    definitions = magnets.definitions({form.version_id for sent in forms.values() for form in sent})
    chosen = {
        pair: [topic for form in sent for topic in chosen_topics(definitions[form.version_id], form.answers or {})]
        for pair, sent in forms.items()
    }
    subscribing.subscribe(chosen, now=now)


def add_topics(events: Sequence[MailboxConfirmedAgain], /, *, now: datetime) -> None:
    """A second form of the same person was confirmed from its mail: its topics come to those that are read already."""
    facts = grants.letter_facts({event.grant_id for event in events}).values()
    give_letters([each for each in facts if _are_letters(each)], now)


def _are_letters(facts: LetterFacts) -> bool:
    kind = KINDS.get(facts.definition.kind)
    return kind is not None and kind.held is Step.LETTERS


def _own_forms(contact_id: int, sent: Sequence[SubmissionFacts]) -> list[SubmissionFacts]:
    """The forms that this person's mailbox answered for last: anybody may type an address, and tick topics for it.

    Only those of the last day on which one was answered: what was left since an older form is not taken up again.
    """
    kept = [form for form in sent if form.answers is not None and form.received_at > _left_at(contact_id)]
    answered = _answered(contact_id)
    own = [form for form in kept if form.ref in answered] or (kept if len(kept) == 1 else [])
    last = max((form.received_at for form in own), default=None)
    return [form for form in own if last and form.received_at >= last - SAME_DAY]


def _answered(contact_id: int) -> Collection[str]:
    said = contacts.statements_of([contact_id])
    return {each.ref for each in said.get(contact_id, []) if each.state is StatementState.VERIFIED}


def _left_at(contact_id: int) -> datetime:
    """When letters were last said no to; long ago where never."""
    ends = [
        line.at
        for line in consent.history_of(contact_id)
        if line.act is Act.WITHDRAWN and (line.purpose, line.channel) == (Purpose.NEWSLETTER, Channel.EMAIL)
    ]
    return max(ends, default=datetime.fromtimestamp(0, UTC))
