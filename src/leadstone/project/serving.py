"""The servers: which application each process runs, and how granian holds it."""

import logging
import os
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from leadstone.infra.logs import configure_logs
from leadstone.project.environment import environment
from leadstone.project.lifeline import leave_with_parent
from leadstone.project.ports import refuse_taken_port

# SQLite takes one writer, and a small machine has two cores: more threads would only queue.
STUDIO_THREADS = 4
# Below a typical SYN flood limit, above what a campaign's first minute brings to one machine.
BACKLOG = 2048


def serve_edge() -> None:
    """Run the public door until it is told to stop. No Django is loaded in this process."""
    given = environment()
    _serve(
        "edge",
        "leadstone.project.edge_app:app",
        port=given.public_port,
        option="--port",
        interface=Interfaces.ASGI,
        backlog=BACKLOG,
    )


def serve_studio() -> None:
    """Run the staff door, and the portal behind the door key."""
    _serve_django("studio", port=environment().studio_port)


def serve_portal(*, port: int) -> None:
    """Run the portal without the studio's pages."""
    os.environ["LEADSTONE_PORTAL_ONLY"] = "1"
    _serve_django("portal", port=port)


def _serve_django(name: str, *, port: int) -> None:
    option = "--studio-port" if name == "studio" else "--port"
    _serve(
        name,
        "leadstone.project.wsgi:application",
        port=port,
        option=option,
        interface=Interfaces.WSGI,
        blocking_threads=STUDIO_THREADS,
    )


def _serve(name: str, target: str, *, port: int, option: str, **options: Any) -> None:
    given = environment()
    leave_with_parent()
    configure_logs(form=given.log_format, level=given.log_level, process=name)
    refuse_taken_port(host=given.host, port=port, option=option)
    # granian tells of every worker it starts; that is our supervisor's job.
    logging.getLogger("_granian").setLevel(logging.WARNING)
    Granian(
        target,
        address=given.host,
        port=port,
        workers=1,
        websockets=False,
        log_enabled=False,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=10,
        **options,
    ).serve(target_loader=_load_target)


def _load_target(target: str) -> Any:
    """Called in granian's worker process: the application that `target` (module:name) names."""
    leave_with_parent()
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
