"""A small computation instead of a puzzle for people: ALTCHA challenges, each good for one form.

The altcha library makes and verifies them; that a proof is not used twice is ours to see to.
"""

import hashlib
import json
import time

import altcha

from leadstone.edge.state import EdgeState

LASTS_SECONDS = 1800
PREFIX = "0000"  # about 65,000 hashes: well under a second in a browser, and dear by the million


class ProofOfWork:
    """Makes challenges under the edge's key and takes each solution once."""

    def __init__(self, state: EdgeState, *, key: bytes) -> None:
        self._state = state
        self._secret = hashlib.blake2b(key, person=b"proof-of-work").hexdigest()

    def challenge(self) -> str:
        """A fresh challenge as JSON, for the page's script."""
        expires = int(time.time()) + LASTS_SECONDS
        made = altcha.create_challenge("SHA-256", 1, key_prefix=PREFIX, expires_at=expires, hmac_secret=self._secret)
        return json.dumps(made.to_dict(), separators=(",", ":"))

    def accept(self, payload: str) -> bool:
        """Whether `payload` (base64 of challenge and solution) solves a challenge of ours for the first time."""
        if not payload or len(payload) > 4096:
            return False
        try:
            solved = altcha.verify_solution(payload, self._secret)
        except (ValueError, KeyError, TypeError):
            return False
        if not solved.verified:
            return False
        now = int(time.time())
        return self._state.spend_proof(
            hashlib.blake2b(_signature(payload), digest_size=16).digest(), expires=now + LASTS_SECONDS, now=now
        )


def _signature(payload: str) -> bytes:
    return str(altcha.Payload.from_base64(payload).challenge.signature).encode()
