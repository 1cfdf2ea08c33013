"""Real SMTP servers for tests: they speak the protocol over a socket and do what they are told."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answer = Callable[[str, int], str]  # (recipient, how many texts came before) → an answer, or DROP

DROP = "drop"
TAKE = "250 2.0.0 taken"


@dataclass
class Sink:
    """What a server has accepted; `accepted` counts Message-IDs in order of arrival."""

    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    data_commands: int = 0
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=default) for _, data in self.accepted]  # type: ignore[misc]

    @property
    def recipients(self) -> list[str]:
        return [to for to, _ in self.accepted]


class _Handler:
    def __init__(self, sink: Sink, *, on_rcpt: Answer, on_data: Answer) -> None:
        self.sink = sink
        self.on_rcpt = on_rcpt
        self.on_data = on_data

    async def handle_EHLO(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sink.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_rcpt(address, self.sink.data_commands)
        if answer == DROP:
            server.transport.abort()
            return "421 gone"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        with self.sink.lock:
            answer = self.on_data(to, self.sink.data_commands)
            self.sink.data_commands += 1
            if answer == DROP or answer.startswith("250"):
                self.sink.accepted.append((to, bytes(envelope.original_content or b"")))
        if answer == DROP:
            # Accepted, but the answer never reaches the sender: the worst moment of SMTP.
            server.transport.abort()
        return TAKE if answer == DROP else answer


@contextmanager
def smtp_server(
    *,
    on_rcpt: Answer = lambda to, n: "250 ok",
    on_data: Answer = lambda to, n: TAKE,
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    password: str = "",
) -> Iterator[tuple[int, Sink]]:
    """A server on a free port of this machine, and what it accepted."""
    sink = Sink()

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password.decode() == password
        return AuthResult(success=right)

    controller = _Controller(
        _Handler(sink, on_rcpt=on_rcpt, on_data=on_data),
        hostname="127.0.0.1",
        port=port,
        tls_context=tls,
        auth_required=bool(password),
        auth_require_tls=bool(password),
        authenticator=check if password else None,
        decode_data=False,
        enable_SMTPUTF8=False,
    )
    controller.start()
    try:
        yield controller.server.sockets[0].getsockname()[1], sink  # type: ignore[union-attr]
    finally:
        controller.stop()


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """The base class connects to the port that was asked for, which is 0 here."""
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def certificate() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A self-signed certificate for "localhost", good for a century: the server's context, and that of who trusts it."""
    pem = Path(__file__).with_name("localhost.pem")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
