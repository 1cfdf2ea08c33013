"""Who may be called: the answer for a screen, which gets a number only where it may be dialled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadstone.domains.consent.models import Suppression
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.queries import permissions_of
from leadstone.domains.consent.rules import Act, ConsentFacts, Ground, Refusal, RulePack, Scope, StopReason, SubjectKind, may_call
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.queries import PointFacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.decision import Decision
from leadstone.kernel.phone import Phone, country_of, read_phone
from leadstone.wire.definition import Channel, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAsk:
    """Whom somebody wants to call. `number`: the company's, for a lead without a person."""

    contact_id: int | None
    ground: Ground
    kind: SubjectKind
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswer:
    """Whether, and where. `phone` is there only where the decision allows it; `article` and `law` say by which law."""

    decision: Decision
    phone: Phone | None = None
    country: str = ""
    article: str = ""
    law: str = ""


def call_decision(ask: CallAsk, *, on: date) -> CallAnswer:
    """The answer for one."""
    return call_decisions([ask], on=on)[0]


def call_decisions(asks: Sequence[CallAsk], *, on: date) -> list[CallAnswer]:
    """The answers in the order of the questions; four queries, however many."""
    people = {ask.contact_id for ask in asks if ask.contact_id is not None}
    points = contacts.points_of(people)
    permissions = permissions_of(people)
    stops = _stops(points)
    unfounded = contacts.unfounded(people)
    return [
        _answer(
            ask,
            points.get(ask.contact_id or 0, []),
            permissions=permissions.get(ask.contact_id or 0, {}),
            stops=stops,
            unfounded=ask.contact_id in unfounded,
            on=on,
        )
        for ask in asks
    ]


def _answer(
    ask: CallAsk,
    ways: Sequence[PointFacts],
    *,
    permissions: Mapping[tuple[Purpose, Channel], Act],
    stops: Mapping[str, frozenset[Scope]],
    unfounded: bool,
    on: date,
) -> CallAnswer:
    numbers = [way for way in ways if way.kind is PointKind.PHONE]
    reaching = [way.value for way in numbers if way.failed_at is None] or ([ask.number] if ask.number and not numbers else [])
    phone = read_phone(reaching[0]) if reaching else None
    if phone is None:
        return CallAnswer(decision=Decision(False, Refusal.WRONG_NUMBER if numbers else Refusal.NO_NUMBER))
    pack = pack_for(country_of(phone.key), on=on)
    own = frozenset().union(*(stops.get(way.key, frozenset()) for way in ways))
    facts = ConsentFacts(permissions=permissions, stops={Channel.PHONE: own} if own else {}, unfounded=unfounded)
    decision = may_call(facts, ground=ask.ground, kind=ask.kind, pack=pack)
    return _told(decision, phone, pack, ask.kind)


def _told(decision: Decision, phone: Phone, pack: RulePack, kind: SubjectKind) -> CallAnswer:
    return CallAnswer(
        decision=decision,
        phone=phone if decision else None,
        country=pack.country,
        article=pack.demands[kind, Channel.PHONE].article,
        law=pack.law,
    )


def _stops(points: Mapping[int, Iterable[PointFacts]]) -> dict[str, frozenset[Scope]]:
    """Key of a way → the stops that hold for calls. Who wants to hear nothing at all by mail wants no call either.

    A mailbox that does not exist says nothing about the phone.
    """
    keys = {address_hash(way.key): way for ways in points.values() for way in ways}
    rows = Suppression.objects.filter(address_hash__in=keys, lifted_at=None).exclude(reason=StopReason.HARD_BOUNCE.value)
    found: dict[str, frozenset[Scope]] = {}
    for hashed, channel, scope in rows.values_list("address_hash", "channel", "scope"):
        if channel == Channel.PHONE or scope == Scope.EVERYTHING:
            key = keys[hashed].key
            found[key] = found.get(key, frozenset()) | {Scope(scope)}
    return found
