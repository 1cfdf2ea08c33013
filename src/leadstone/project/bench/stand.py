"""Two servers side by side on loopback: the edge with all its checks, and the bare application that is its limit.

Each is a process of its own under granian, with one worker and the same settings. The edge gets a bundle in a folder that
goes away afterwards; of its limits only those by network are lifted, and only for loopback, where the load comes from.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

import msgspec
from granian import Granian
from granian.constants import Interfaces

from leadstone.edge.app import EdgeApp
from leadstone.edge.settings import EdgeSettings, LimitSettings
from leadstone.project.bench.bare import BareApp
from leadstone.project.bench.load import free_port
from leadstone.project.lifeline import leave_with_parent
from leadstone.wire.bundle import BrandFacts, Bundle, PublishedMagnet, PublishedVersion
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import AskedField, Channel, ConsentOffer, Contract, FieldKey, MagnetDefinition, Purpose
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.sealing import new_private_key, public_key_of
from leadstone.wire.tokens import Signer

SLUG = "guide"
START_SECONDS = 20
LIFTED = "limits by network are lifted for 127.0.0.0/8, where the load comes from; every other check is on"
_FOLDER, _BODY_BYTES = "LEADSTONE_BENCH_FOLDER", "LEADSTONE_BENCH_BODY_BYTES"


@dataclass(frozen=True, slots=True)
class Stand:
    """The addresses of both servers."""

    edge: tuple[str, int]
    bare: tuple[str, int]


@contextmanager
def stand(*, body_bytes: int = 0) -> Iterator[Stand]:
    """Both servers, ready; `body_bytes` is how much the bare one answers to a GET."""
    with tempfile.TemporaryDirectory(prefix="leadstone-bench-") as root, ExitStack() as running:
        _publish(DataFolder(Path(root)))
        ports = {which: free_port() for which in ("edge", "bare")}
        surroundings = os.environ | {_FOLDER: root, _BODY_BYTES: str(body_bytes)}
        for which, port in ports.items():
            command = [sys.executable, "-m", "leadstone.project.bench.stand", which, str(port)]
            running.enter_context(_running(command, surroundings))
        for port in ports.values():
            _wait_for(port)
        yield Stand(edge=("127.0.0.1", ports["edge"]), bare=("127.0.0.1", ports["bare"]))


def get(address: tuple[str, int], path: str) -> bytes:
    """The body of one ordinary GET."""
    connection = http.client.HTTPConnection(*address, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


@contextmanager
def _running(command: list[str], surroundings: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()
            server.wait(timeout=START_SECONDS)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            get(("127.0.0.1", port), "/livez")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _publish(folder: DataFolder) -> None:
    contract = Contract(
        you_get="The PDF, for good, and its updates",
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="to send you the guide", required=True),
            AskedField(key=FieldKey.NAME, reason="to address you"),
        ),
        sells="We sell heating audits. Nobody calls you: we have no number.",
        deletion="After 12 quiet months, or with one click in the mail",
        consents=(
            ConsentOffer(key="newsletter-email", purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL, text="One letter a month."),
        ),
    )
    definition = MagnetDefinition(
        kind="guide",
        language="en",
        title="Read a heat-pump quote like an engineer",
        promise="Five lines in every offer decide what you will really pay over fifteen years.",
        points=("The number that sellers leave out", "A worksheet for four offers", "When a heat pump is the wrong answer"),
        button="Send me the guide",
        contract=contract,
    )
    version = PublishedVersion(version_id=1, number=1, definition=definition)
    bundle = Bundle(
        revision="bench",
        brand=BrandFacts(company="Bench", language="en", sender_email="bench@example.com", postal_address="Nowhere 1"),
        magnets=(PublishedMagnet(slug=SLUG, magnet_id=1, versions=(version,)),),
        token_verify_key=Signer(Signer.new_seed()).verify_key,
        journal_public_key=public_key_of(new_private_key()),
        public_url="http://127.0.0.1",
    )
    folder.bundle.mkdir(parents=True)
    (folder.bundle / "manifest.json").write_bytes(msgspec.json.encode(bundle))


def _application(which: str) -> EdgeApp | BareApp:
    folder = DataFolder(Path(os.environ[_FOLDER]))
    if which == "bare":
        return BareApp(folder.root / "bare.sqlite3", body_bytes=int(os.environ[_BODY_BYTES]))
    settings = EdgeSettings(
        folder=folder,
        journal=folder.journal,
        static=STATIC,
        public_url="http://127.0.0.1",
        portal_url="http://127.0.0.1:9",
        limits=LimitSettings(lifted=(ip_network("127.0.0.0/8"),)),
    )
    return EdgeApp(settings)


def _serve(which: str, port: int) -> None:
    leave_with_parent()
    server = Granian(which, port=port, interface=Interfaces.ASGI, workers=1, websockets=False, log_enabled=False, backlog=2048)
    server.serve(target_loader=_application)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
