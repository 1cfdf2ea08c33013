"""Which arm a visitor meets: the same one as long as they come from the same network with the same kind of browser.

Nothing is written down for it, on the visitor's side or on ours. `visitor` is a keyed hash that the edge makes from what every
request says anyway (network, User-Agent) and forgets with the answer; its key never leaves the edge. Without the key nobody can
tell who meets what, and with another `salt` the same visitor falls anew, so that one experiment says nothing about the next.

What this costs, said plainly: people of one network with the same browser meet the same arm, and somebody who comes back from
another network may meet the other one. The latter makes arms more alike than they are. The former makes visitors of a large
shared network one cluster, which the intervals do not reckon with: there chance has more room than they say.
"""

import hashlib
from collections.abc import Sequence

from leadstone.wire.bundle import PublishedArm

_RANGE = 2**64


def arm_of(visitor: bytes, *, salt: str, arms: Sequence[PublishedArm]) -> PublishedArm:
    """The arm of this visitor; arms get visitors in proportion to their weights."""
    digest = hashlib.blake2b(visitor, digest_size=8, key=salt.encode()[:64]).digest()
    # An integer comparison: no rounding decides for anybody.
    drawn = int.from_bytes(digest) * sum(arm.weight for arm in arms)
    upto = 0
    for arm in arms:
        upto += arm.weight * _RANGE
        if drawn < upto:
            return arm
    raise ValueError("an experiment without arms")
