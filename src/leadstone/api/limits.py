"""How often a key may knock: so many requests at once, and so many a minute for good."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

REQUESTS_A_MINUTE = 300


@dataclass(slots=True)
class Limiter:
    """A bucket a key: it holds `burst` requests and fills again at `a_minute`. Exact in each process."""

    a_minute: float = REQUESTS_A_MINUTE
    burst: float = 60
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key_id: int) -> float:
        """0 when the request may pass; else the seconds until one may."""
        now = self.clock()
        with self._lock:
            left, since = self._buckets.get(key_id, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.a_minute / 60)
            passes = left >= 1
            self._buckets[key_id] = (left - 1 if passes else left, now)
        return 0.0 if passes else (1 - left) * 60 / self.a_minute
