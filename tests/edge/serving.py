"""A real edge process under granian, for the tests that kill it or need its sockets."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from leadstone.edge.app import EdgeApp
from leadstone.project.bench.load import free_port
from tests.edge.installation import Installation

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


@dataclass
class Serving:
    """One process group: granian and its worker."""

    installation: Installation
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.edge.serving", str(self.installation.root), str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if self.get("/livez").status == 200:
                    return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """As a crash would end it: nothing is finished, nothing is flushed."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an upgrade ends it."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECONDS)

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response


@contextlib.contextmanager
def serving(installation: Installation) -> Iterator[Serving]:
    served = Serving(installation, free_port())
    served.start()
    try:
        yield served
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(served.process.pid, signal.SIGKILL)  # type: ignore[union-attr]
        served.process.wait()  # type: ignore[union-attr]


def _application(root: str) -> EdgeApp:
    return EdgeApp(Installation(Path(root)).settings())


if __name__ == "__main__":
    Granian(sys.argv[1], port=int(sys.argv[2]), interface=Interfaces.ASGI, websockets=False, log_enabled=False).serve(
        target_loader=_application
    )
