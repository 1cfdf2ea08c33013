"""Everything that we know of one person, in the order in which they would ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import StatementSource, StatementState, TagSource
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.rules import State
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.portal.topics import OwnTopics, own_newsletters
from leadstone.wire.definition import MARKETING, Channel, Contract, FieldKey, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One value, and who said it. `field` is a key of the form; `source` "form", "staff" or "others"."""

    field: str
    value: str
    source: str
    said_at: datetime
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One tag, and who gave it: `source` is "answer", "staff" or "program"."""

    name: str
    source: TagSource
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One magnet that was asked for, on the words of its contract; `standing` ones can be undone."""

    key: str
    title: str
    asked_at: datetime
    contract: Contract
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message that we sent, and why."""

    subject: str
    at: datetime
    asked_for: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One purpose: `state` is "given", "asked" (ticked, never confirmed) or "withdrawn"; `words` as they were shown."""

    purpose: str
    state: str
    words: str
    since: datetime | None
    also: Sequence[str] = ()  # of explicit consents: the words beside other answers


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """The page behind a `/my/` link."""

    known: Sequence[Known]
    exchanges: Sequence[Exchange]
    letters: Sequence[Letter]
    permissions: Sequence[Permission]
    newsletters: Sequence[OwnTopics] = ()
    tags: Sequence[Called] = ()

    @property
    def anything_allowed(self) -> bool:
        """Whether there is any marketing to leave."""
        return any(each.state != Act.WITHDRAWN and each.purpose in MARKETING for each in self.permissions)


def person_view(contact_id: int) -> PersonView | None:
    """What the owner of the mailbox sees; None when nobody is known any more."""
    if contact_id not in contacts.mailboxes([contact_id]):
        return None
    return PersonView(
        known=_known(contact_id),
        exchanges=_exchanges(contact_id),
        letters=[
            Letter(subject=told.subject, at=told.at, asked_for=told.message_class == "transactional", state=told.state.value)
            for told in delivery.told(contact_id)
            if told.state in (State.SENT, State.UNKNOWN)
        ],
        permissions=_permissions(contact_id),
        newsletters=own_newsletters(contact_id),
        tags=[Called(name=tag.name, source=tag.source, at=tag.at) for tag in contacts.tags_of([contact_id]).get(contact_id, [])],
    )


_SOURCE = {StatementSource.SUBMISSION: "form", StatementSource.STAFF: "staff", StatementSource.HANDED_OVER: "others"}


def _known(contact_id: int) -> list[Known]:
    fields = set(FieldKey)
    return [
        Known(
            field=field,
            value=value,
            source=_SOURCE[said.source],
            said_at=said.said_at,
            proven=said.state is StatementState.VERIFIED,
        )
        for said in contacts.statements_of([contact_id]).get(contact_id, [])
        for field, value in said.values.items()
        if value and field in fields
    ]


def _exchanges(contact_id: int) -> list[Exchange]:
    rows = grants.grants_of(contact_id)
    definitions = magnets.definitions({row.version_id for row in rows})
    return [
        Exchange(
            key=str(row.key),
            title=definitions[row.version_id].title,
            asked_at=row.promised_at,
            contract=definitions[row.version_id].contract,
            standing=row.state is not GrantState.UNDONE,
        )
        for row in rows
    ]


def _permissions(contact_id: int) -> list[Permission]:
    history = consent.history_of(contact_id)
    last_words = {(line.purpose, line.channel): line for line in history if line.words}
    explicit = _explicit_words(history)
    amounts = consent.permissions_of([contact_id]).get(contact_id, {})
    return [
        Permission(
            purpose=purpose.value,
            state=act.value,
            words=line.words if (line := last_words.get((purpose, channel))) else "",
            since=line.at if line else None,
            also=explicit[:-1] if purpose is Purpose.SPECIAL else (),
        )
        for (purpose, channel), act in sorted(amounts.items())
        if channel is Channel.EMAIL and purpose in set(Purpose)
    ]


def _explicit_words(history: Sequence[consent.LedgerLine]) -> list[str]:
    """The words of the explicit consents that stand, each once; the last that was given stands last."""
    words: dict[str, None] = {}
    for line in (each for each in history if each.purpose is Purpose.SPECIAL):
        if line.act is Act.WITHDRAWN:
            words.clear()
        else:
            words.pop(line.words, None)
            words[line.words] = None
    return list(words)
