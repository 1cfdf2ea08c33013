"""Signatures, waits and verdicts (promise S6), held against the reference library of Standard Webhooks."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from leadstone.domains.webhooks.rules import (
    RETRY_WAITS,
    Attempt,
    State,
    Verdict,
    after_attempt,
    shown_secret,
    signatures,
)
from tests.cast import MONDAY

# The vector of the specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
STAMP = 1614265330
BODY = b'{"test": 2432232314}'


def test_the_vector_of_the_specification() -> None:
    secret = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = signatures([secret], message_id=MESSAGE, timestamp=STAMP, body=BODY)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert shown_secret(secret) == SECRET


def test_the_reference_library_takes_either_of_two_secrets_and_no_third() -> None:
    old, new, other = (bytes([number]) * 32 for number in range(3))
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures([new, old], message_id="msg_1", timestamp=int(now.timestamp()), body=BODY),
    }
    for secret in (old, new):
        assert Webhook(shown_secret(secret)).verify(BODY, headers) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(other)).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(new)).verify(BODY + b" ", headers)


def test_the_waits_grow_and_come_to_75_hours() -> None:
    assert list(RETRY_WAITS) == sorted(RETRY_WAITS)
    assert timedelta(hours=75) <= sum(RETRY_WAITS, timedelta()) < timedelta(hours=76)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_heard(status: int) -> None:
    assert after_attempt(Attempt(status), attempts=1, now=MONDAY).state is State.DELIVERED


@pytest.mark.parametrize("status", [None, 301, 302, 400, 401, 404, 429, 500, 503])
def test_everything_else_is_tried_again_until_the_waits_are_over(status: int | None) -> None:
    now, tries = MONDAY, 0
    while True:
        tries += 1
        verdict = after_attempt(Attempt(status), attempts=tries, now=now)
        if verdict.state is State.DEAD:
            break
        assert verdict.due_at is not None
        now = verdict.due_at
    assert tries == 10
    assert timedelta(hours=75) <= now - MONDAY < timedelta(hours=76)


def test_410_is_the_end_for_this_endpoint() -> None:
    assert after_attempt(Attempt(410), attempts=1, now=MONDAY) == Verdict(State.DEAD, gone=True)


def test_a_wait_that_was_asked_for_is_kept_but_never_for_longer_than_our_longest() -> None:
    asked = after_attempt(Attempt(503, wait=timedelta(hours=1)), attempts=1, now=MONDAY)
    assert asked.due_at == MONDAY + timedelta(hours=1)
    greedy = after_attempt(Attempt(503, wait=timedelta(days=300)), attempts=1, now=MONDAY)
    assert greedy.due_at == MONDAY + timedelta(hours=24)
    short = after_attempt(Attempt(429, wait=timedelta(seconds=1)), attempts=3, now=MONDAY)
    assert short.due_at == MONDAY + timedelta(minutes=30)
