"""Which words a visitor meets while two ways to say it are compared. No cookie: the same request meets the same words.

Nothing is kept of who came but, until the day is over and in memory only, a keyed hash of each visitor of an experiment, so that
whoever loads a page five times is not five visitors.
"""

import hashlib

from leadstone.domains.experiments.rules.assignment import arm_of
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion

MOST_REMEMBERED = 500_000  # some 50 MB; visitors beyond it are counted as often as they look
_DAY_MS = 86_400_000


class Arms:
    """Assigns visitors to arms, under a key of the edge that is used for nothing else."""

    def __init__(self, key: bytes) -> None:
        self._keyed = hashlib.blake2b(key=hashlib.blake2b(key, person=b"arms").digest(), digest_size=16)
        self._day = 0
        self._met: set[tuple[int, bytes]] = set()

    def version_for(self, magnet: PublishedMagnet, *, network: str, agent: bytes) -> PublishedVersion:
        """The version that this visitor meets; the current one where nothing is compared."""
        if magnet.experiment is None:
            return magnet.current
        arm = arm_of(self._hashed(network, agent), salt=magnet.experiment.salt, arms=magnet.experiment.arms)
        return next(version for version in magnet.versions if version.version_id == arm.version_id)

    def is_first_today(self, version: PublishedVersion, *, network: str, agent: bytes, now: int) -> bool:
        """Whether this visitor of an arm was not counted yet on this day (UTC). `now`: milliseconds since the epoch."""
        if now // _DAY_MS != self._day:
            self._day, self._met = now // _DAY_MS, set()
        met = (version.version_id, self._hashed(network, agent))
        if met in self._met:
            return False
        if len(self._met) < MOST_REMEMBERED:
            self._met.add(met)
        return True

    def _hashed(self, network: str, agent: bytes) -> bytes:
        keyed = self._keyed.copy()
        keyed.update(network.encode() + b"\0" + agent)
        return keyed.digest()
