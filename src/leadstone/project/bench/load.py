"""A small HTTP/1.1 load client in a process of its own: keep-alive connections, requests built beforehand, one selector.

Only as much of HTTP as our own answers use: a status line, headers with a Content-Length, a body.
"""

import multiprocessing
import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Load:
    """What was answered: how many with which status, in how many seconds, and each wait when asked for."""

    seconds: float
    statuses: dict[int, int]
    waits: tuple[float, ...] = ()

    def per_second(self, status: int) -> float:
        return self.statuses.get(status, 0) / self.seconds


@dataclass(slots=True)
class _Line:
    """One connection and the answers that it still owes."""

    socket: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    owed: int = 0
    sent_at: float = 0.0


def drive(
    address: tuple[str, int],
    requests: Sequence[bytes],
    *,
    connections: int,
    seconds: float,
    pipelined: int = 1,
    keep_waits: bool = False,
) -> Load:
    """Send `requests` in turn from this process for `seconds`; `pipelined` of them at a time on each connection."""
    selector = selectors.DefaultSelector()
    lines = [_Line(socket.create_connection(address)) for _ in range(connections)]
    statuses: Counter[int] = Counter()
    waits: list[float] = []
    turn = 0
    started = time.perf_counter()
    ends = started + seconds
    for line in lines:
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(line.socket, selectors.EVENT_READ, line)
        turn = _ask(line, requests, turn, pipelined)
    open_lines = len(lines)
    while open_lines:
        for key, _ in selector.select(timeout=5):
            line = key.data
            _take(line, statuses)
            if line.owed:
                continue
            if keep_waits:
                waits.append(time.perf_counter() - line.sent_at)
            if time.perf_counter() < ends:
                turn = _ask(line, requests, turn, pipelined)
            else:
                selector.unregister(line.socket)
                line.socket.close()
                open_lines -= 1
    return Load(time.perf_counter() - started, dict(statuses), tuple(waits))


def drive_apart(
    address: tuple[str, int], requests: Sequence[bytes], *, connections: int, seconds: float, pipelined: int = 1
) -> Load:
    """`drive` in another process, so that the client's work is not the server's."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(drive, (address, requests), {"connections": connections, "seconds": seconds, "pipelined": pipelined})


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(method: str, path: str, *, host: str, body: bytes = b"", headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """One request, ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers)]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _ask(line: _Line, requests: Sequence[bytes], turn: int, pipelined: int) -> int:
    batch = b"".join(requests[(turn + step) % len(requests)] for step in range(pipelined))
    line.owed = pipelined
    line.sent_at = time.perf_counter()
    line.socket.sendall(batch)
    return turn + pipelined


def _take(line: _Line, statuses: Counter[int]) -> None:
    received = line.socket.recv(1 << 18)
    if not received:
        raise ConnectionError("the server closed a connection that it should keep")
    buffer = line.buffer
    buffer += received
    start = 0
    while line.owed:
        head_end = buffer.find(b"\r\n\r\n", start)
        if head_end < 0:
            break
        length_at = buffer.find(b"content-length: ", start, head_end)
        length = int(buffer[length_at + 16 : buffer.find(b"\r\n", length_at)]) if length_at >= 0 else 0
        end = head_end + 4 + length
        if len(buffer) < end:
            break
        statuses[int(buffer[start + 9 : start + 12])] += 1
        line.owed -= 1
        start = end
    del buffer[:start]
