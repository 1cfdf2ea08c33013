"""One gate: the whole truth table of message class, consent, stop and channel."""

from datetime import date
from itertools import product

import pytest

from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import Act, ConsentFacts, Refusal, Scope, may_write_to
from leadstone.domains.delivery.rules import MessageClass
from leadstone.wire.definition import Channel, Purpose

POLAND = pack_for("PL", on=date(2026, 11, 16))
STOPS = [frozenset[Scope](), frozenset({Scope.MARKETING}), frozenset({Scope.EVERYTHING}), frozenset(Scope)]
ACTS = [None, *Act]
TABLE = list(product(MessageClass, ACTS, STOPS, Channel, Purpose))


def expected(message_class: MessageClass, act: Act | None, stops: frozenset[Scope], channel: Channel) -> Refusal | None:
    """The law in other words than the rule's, so that one may check the other."""
    if Scope.EVERYTHING in stops:
        return Refusal.STOPPED
    if message_class is MessageClass.TRANSACTIONAL:
        return None
    if stops:
        return Refusal.LEFT_MARKETING
    by_objection = channel is Channel.POST
    return {
        Act.GIVEN: None,
        Act.WITHDRAWN: Refusal.WITHDRAWN,
        Act.ASKED: None if by_objection else Refusal.NOT_CONFIRMED,
        None: None if by_objection else Refusal.NEVER_ASKED,
    }[act]


def test_the_table_has_at_least_two_hundred_rows() -> None:
    assert len(TABLE) >= 200


@pytest.mark.parametrize(("message_class", "act", "stops", "channel", "purpose"), TABLE)
def test_every_row_of_the_table(
    message_class: MessageClass, act: Act | None, stops: frozenset[Scope], channel: Channel, purpose: Purpose
) -> None:
    facts = ConsentFacts(permissions={(purpose, channel): act} if act else {}, stops={channel: stops})
    decision = may_write_to(facts, message_class=message_class, purpose=purpose, channel=channel, pack=POLAND)
    refusal = expected(message_class, act, stops, channel)
    assert (decision.allowed, decision.because) == (refusal is None, refusal)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_consent_to_one_purpose_and_channel_allows_no_other(purpose: Purpose) -> None:
    facts = ConsentFacts(permissions={(purpose, Channel.EMAIL): Act.GIVEN})
    other = next(p for p in Purpose if p is not purpose)
    assert may_write_to(facts, message_class="marketing", purpose=purpose, channel=Channel.EMAIL, pack=POLAND)
    assert not may_write_to(facts, message_class="marketing", purpose=other, channel=Channel.EMAIL, pack=POLAND)
    assert not may_write_to(facts, message_class="marketing", purpose=purpose, channel=Channel.SMS, pack=POLAND)


def test_marketing_without_a_purpose_is_refused() -> None:
    decision = may_write_to(ConsentFacts(), message_class="marketing", purpose="", channel=Channel.POST, pack=POLAND)
    assert decision.because is Refusal.NO_PURPOSE


def test_an_unknown_class_is_a_mistake_and_not_an_answer() -> None:
    with pytest.raises(ValueError, match="promotional"):
        may_write_to(ConsentFacts(), message_class="promotional", purpose="offers", channel=Channel.EMAIL, pack=POLAND)
