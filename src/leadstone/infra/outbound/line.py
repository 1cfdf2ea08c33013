"""A connection to one checked address, that ends when its time is over, however slowly the other side speaks."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from leadstone.infra.outbound.target import Address


class Clock:
    """How much of the time is left for one request, from the first byte to the last."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; raises `httpcore.TimeoutException` when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("time is over")
        return left


class OneAddress(httpcore.NetworkBackend):
    """Connects to `address`, whatever name it is asked for: the name was looked up and checked before."""

    def __init__(self, address: Address, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(
            str(self._address), port, timeout=self._clock.left(), local_address=local_address, socket_options=socket_options
        )
        return _TimedStream(stream, self._clock)

    def sleep(self, seconds: float) -> None:
        raise NotImplementedError("one request is one attempt")


class _TimedStream(httpcore.NetworkStream):
    """Each wait is at most what is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, timeout=self._clock.left()), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
