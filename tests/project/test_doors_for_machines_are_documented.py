"""What other people's programs rely on stands in its page: each event with a true example, each scope, each way to be refused."""

import json
import re
from datetime import datetime
from typing import Any

import msgspec
import pytest
from standardwebhooks.webhooks import Webhook

from leadstone.api.redemptions import TITLES
from leadstone.api.routers import ROUTERS, make_api
from leadstone.domains.access.rules import Scope
from leadstone.domains.codes.rules import Refusal
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.trials.models import Trial
from leadstone.domains.webhooks.rules import RETRY_WAITS, EventKind, shown_secret, signatures
from leadstone.domains.webhooks.services import FINISHED_KEPT
from leadstone.flows.hooks import TOLD
from leadstone.flows.hooks_sent import CAPS
from tests.architecture.source import ROOT
from tests.cast import Visitor
from tests.studio.rows import one_of_each
from tests.trials.conftest import begin, trial_magnet

API = (ROOT / "docs" / "api.md").read_text()
HOOKS = (ROOT / "docs" / "webhooks.md").read_text()
EXAMPLES = {body["type"]: body for body in map(json.loads, re.findall(r"```json\n(.*?)```", HOOKS, re.S))}
SECTIONS = re.findall(r"^### `([\w.]+)`$", HOOKS, re.M)


def test_every_event_has_its_section_and_its_example() -> None:
    assert SECTIONS == [kind.value for kind in EventKind] == list(EXAMPLES)
    assert set(TOLD) == set(EventKind)


@pytest.fixture
def facts(ann: Visitor, dora: Any) -> dict[EventKind, dict[str, Any]]:
    """What each event is about, of people who really are here."""
    deal_id = one_of_each(ann, owner=dora, colleague=dora)["deal_id"]
    deal = Deal.objects.get(pk=deal_id)
    Deal.objects.filter(pk=deal_id).update(won_at=deal.opened_at)
    begin(trial_magnet(shares_email=True), "tim@example.org")
    trial = {"trial_id": Trial.objects.get().pk, "opens": True}
    person = {"contact_id": ann.contact_id, "channel": "email"}
    return {
        EventKind.TRIAL_STARTED: trial,
        EventKind.TRIAL_ENDING: trial | {"opens": False},
        EventKind.TRIAL_ENDED: trial | {"opens": False},
        EventKind.LEAD_QUALIFIED: {"lead_id": ann.lead_id},
        EventKind.DEAL_WON: {"deal_id": deal_id},
        EventKind.CONSENT_WITHDRAWN: person,
        EventKind.CONTACT_FORGOTTEN: person,
        EventKind.TEST: {},
    }


@pytest.mark.parametrize("kind", list(EventKind))
def test_the_example_of_an_event_has_the_very_keys_of_what_is_told(
    facts: dict[EventKind, dict[str, Any]], kind: EventKind
) -> None:
    example = EXAMPLES[kind.value]
    data = TOLD[kind](facts[kind])
    assert list(example) == ["type", "timestamp", "data"]
    assert list(example["data"]) == list(msgspec.to_builtins(data))


def test_the_sample_believes_what_is_ours_and_nothing_else() -> None:
    sample = re.search(r"```python\n(.*?)```", HOOKS, re.S)
    assert sample
    names: dict[str, Any] = {}
    exec(sample[1], names)
    now = datetime.now().astimezone()
    secret, body = b"s" * 32, b'{"type":"test"}'

    def headers(*, at: int, signed: bytes = body) -> dict[str, str]:
        signature = signatures([b"new" * 11, secret], message_id="msg_1", timestamp=at, body=signed)
        return {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": signature}

    fresh = headers(at=int(now.timestamp()))
    Webhook(shown_secret(secret)).verify(body, fresh)
    is_ours = names["is_ours"]
    assert is_ours(shown_secret(secret), fresh, body)
    assert not is_ours(shown_secret(b"t" * 32), fresh, body)
    assert not is_ours(shown_secret(secret), fresh, body + b" ")
    assert not is_ours(shown_secret(secret), headers(at=int(now.timestamp()) - 301), body)


def test_the_figures_of_the_page_are_those_of_the_rules() -> None:
    words = "5 seconds, 5 minutes, 30 minutes, 2, 5, 10, 14, 20 and 24 hours"
    assert [wait.total_seconds() for wait in RETRY_WAITS] == [5, 300, 1800, *(3600 * hours for hours in (2, 5, 10, 14, 20, 24))]
    assert " ".join(words.split()) in " ".join(HOOKS.split())
    assert f"within {CAPS.seconds:.0f} seconds" in HOOKS
    assert f"for {FINISHED_KEPT.days} days" in " ".join(HOOKS.split())


def test_every_scope_is_named_with_what_it_opens() -> None:
    rows = dict(re.findall(r"^\| `([\w:]+)` \| (.+) \|$", API, re.M))
    assert set(Scope) <= set(rows)
    assert all("/api/v1/" in rows[scope.value] for scope in Scope)


def test_every_address_of_the_door_is_named() -> None:
    paths = make_api().get_openapi_schema(path_prefix="/api/v1/")["paths"]
    assert len(paths) > len(ROUTERS)
    ends = ["/".join(path.rstrip("/").split("/")[-2:]) for path in paths]
    assert [end for end in ends if end not in API] == []


def test_every_refusal_of_a_code_is_named() -> None:
    assert set(TITLES) == set(Refusal)
    named = {"no_such_code" if because is Refusal.UNKNOWN else f"code_{because.value}" for because in Refusal}
    assert [code for code in sorted(named) if f"`{code}`" not in API] == []
