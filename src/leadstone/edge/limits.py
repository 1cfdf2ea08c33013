"""How many forms are ordinary, and what is asked for beyond that. Nobody is dropped silently.

Counted per network (/24, /48), per mail domain and over all, in fixed windows. Limits by address are the worker's.
"""

from enum import Enum
from functools import lru_cache, partial

from leadstone.edge.settings import LimitSettings
from leadstone.edge.state import EdgeState
from leadstone.edge.visitor import is_within
from leadstone.kernel.address import is_free_mail


class Judgement(Enum):
    OPEN = "open"
    UNPROVEN = "unproven"  # let in on the shared budget of those who cannot prove
    PROVE = "prove"  # a small proof of work is asked for
    LATER = "later"  # this network has sent too much, proof or not


class Limits:
    """Judges one form at a time; what is let in is counted at once."""

    def __init__(self, state: EdgeState, settings: LimitSettings) -> None:
        self._state = state
        self._settings = settings
        # By the network's name: a tuple of networks as a key would be hashed anew, in Python, for every form.
        self._is_lifted = lru_cache(maxsize=4096)(partial(is_within, networks=settings.lifted))
        self._all = state.hashed("all")
        self._shared = state.hashed("without proof")

    def under_pressure(self, *, now: int) -> bool:
        """Whether so much comes from everywhere that every form is asked for proof; `now` in seconds."""
        self._state.enter_window(now // self._settings.window_seconds)
        return self._state.count(self._all) >= self._settings.all_free

    def wait_seconds(self, *, now: int) -> int:
        """How long until the next window."""
        return self._settings.window_seconds - now % self._settings.window_seconds

    def may_try_code(self, *, network: str, now: int) -> bool:
        """Whether one more code may be asked about from there; it counts at once. How often for one address, the core knows."""
        return self._may("codes " + network, network=network, most=self._settings.network_codes, now=now)

    def may_miss_link(self, *, network: str, now: int) -> bool:
        """Whether one more code of a link that is none may be typed from there; it counts at once."""
        return self._may("links " + network, network=network, most=self._settings.network_codes, now=now)

    def may_book(self, *, network: str, now: int) -> bool:
        """Whether one more form of a booking may go on from there; it counts at once. How many times it holds, the core knows."""
        return self._may("bookings " + network, network=network, most=self._settings.network_bookings, now=now)

    def may_hand_over(self, *, device: str, network: str, now: int) -> bool:
        """Whether a kiosk may speak once more; it counts at once. `device` is empty for one that we do not know."""
        counted = f"kiosk {device}" if device else f"kiosks of {network}"
        return self._may(counted, network=network, most=self._settings.device_requests, now=now)

    def _may(self, counted: str, *, network: str, most: int, now: int) -> bool:
        if self._is_lifted(network):
            return True
        self._state.enter_window(now // self._settings.window_seconds)
        name = self._state.hashed(counted)
        allowed = self._state.count(name) < most
        if allowed:
            self._state.add(name)
        return allowed

    def judge(self, *, network: str, domain: str, proven: bool, now: int) -> Judgement:
        """`domain` is that of the mail address; "" when there is none."""
        if self._is_lifted(network):
            return Judgement.OPEN
        pressed = self.under_pressure(now=now)
        state, settings = self._state, self._settings
        from_network = state.hashed("network " + network)
        at_domain = state.hashed("domain " + domain) if domain and not is_free_mail(domain) else None
        sent = state.count(from_network)
        if sent >= settings.network_most:
            return Judgement.LATER
        crowded = pressed or (at_domain is not None and state.count(at_domain) >= settings.domain_free)
        judgement = Judgement.OPEN
        if not proven and sent >= settings.network_free:
            return Judgement.PROVE
        if not proven and crowded:
            if state.count(self._shared) >= settings.without_proof:
                return Judgement.PROVE
            state.add(self._shared)
            judgement = Judgement.UNPROVEN
        for name in filter(None, (from_network, at_domain, self._all)):
            state.add(name)
        return judgement
