"""Real servers on loopback that answer as they are told, and remember what they heard."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

from leadstone.infra.outbound import Networks

# What tests alone allow: our own machine, and only its IPv4 loopback.
LOOPBACK = Networks(own=(ip_network("127.0.0.0/8"),))


@dataclass(frozen=True)
class Heard:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A server. `answer` gets what was heard and how many requests came before; it writes to the socket what it likes."""

    port: int
    answer: Callable[["Heard", int], "Answer"]
    heard: list[Heard] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)  # the names that TLS clients asked for
    closing: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def wait_for(self, requests: int, *, seconds: float = 60) -> list[Heard]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.heard) >= requests, timeout=seconds), f"heard {len(self.heard)} only"
            return list(self.heard)


# Writes an answer; gets the connection and an event that is set when the test is over.
Answer = Callable[[socket.socket, threading.Event], None]


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def write(connection: socket.socket, _over: threading.Event) -> None:
        connection.sendall(f"HTTP/1.1 {status} So\r\n{extra}content-length: {len(body)}\r\n\r\n".encode() + body)

    return write


def hangs_up(_connection: socket.socket, _over: threading.Event) -> None:
    """Reads everything and says nothing."""


def stays_silent(_connection: socket.socket, over: threading.Event) -> None:
    over.wait()


def drips(connection: socket.socket, over: threading.Event) -> None:
    """A byte now and then, so that no single wait is long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while not over.wait(0.05):
        connection.sendall(b".")


def never_ends(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"x" * 65536)


@contextmanager
def receiver(answer: Callable[[Heard, int], Answer], *, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A server that hears one request a connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Receiver(port=listener.getsockname()[1], answer=answer)
        threads: list[threading.Thread] = []

        def serve() -> None:
            while not server.closing.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=_converse, args=(server, connection, tls)))
                threads[-1].start()

        accepting = threading.Thread(target=serve)
        accepting.start()
        try:
            yield server
        finally:
            server.closing.set()
            listener.shutdown(socket.SHUT_RDWR)
            for thread in [accepting, *threads]:
                thread.join()


def _converse(server: Receiver, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    try:
        with connection if tls is None else tls.wrap_socket(connection, server_side=True) as line:
            heard = _hear(line)
            if heard is None:
                return
            with server.arrived:
                before = len(server.heard)
                server.heard.append(heard)
                server.arrived.notify_all()
            server.answer(heard, before)(line, server.closing)
    except OSError:
        return  # the other side left, which some tests are about


def _hear(line: socket.socket) -> Heard | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    while len(body) < int(headers.get("content-length", "0")):
        body += line.recv(65536)
    method, path, _ = first.split(" ")
    return Heard(method, path, headers, body)


def certificate() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for "hooks.example", good for a century: the server's context, and that of who trusts it."""
    pem = Path(__file__).with_name("hooks.example.pem")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
