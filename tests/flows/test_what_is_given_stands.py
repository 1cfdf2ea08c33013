"""What is held is given to whoever still stands by their exchange, also when the giving is repeated."""

from dataclasses import replace

import pytest

from leadstone.domains.grants.events import MailboxConfirmed
from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.flows import given
from tests.cast import MONDAY, Visitor, confirm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "served"), [(state, state in {"opened", "delivered"}) for state in GrantState])
def test_only_a_grant_that_stands_is_given_anything(
    ann: Visitor, monkeypatch: pytest.MonkeyPatch, state: GrantState, served: bool
) -> None:
    confirm(ann)
    Grant.objects.filter(pk=ann.grant_id).update(state=state.value)
    told: list[int] = []
    kind = Grant.objects.get(pk=ann.grant_id).magnet.kind
    monkeypatch.setattr(given, "KINDS", {kind: replace(KINDS[kind], steps=(Step.FORM, Step.MAILBOX, Step.PARCEL))})
    monkeypatch.setattr(given, "GIVERS", {Step.PARCEL: lambda letters, now: told.extend(each.grant_id for each in letters)})

    given.give_what_is_held([MailboxConfirmed(contact_id=ann.contact_id, grant_id=ann.grant_id)], now=MONDAY)

    assert told == ([ann.grant_id] if served else [])
