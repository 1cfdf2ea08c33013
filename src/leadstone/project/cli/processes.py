"""Commands that start something that goes on running."""

import os
from pathlib import Path
from typing import Annotated

import typer

from leadstone.project.cli.lazy import load, load_with_database

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="The folder that holds everything (LEADSTONE_DATA).")]
Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="The port of the public pages.")]
StudioPort = Annotated[int | None, typer.Option("--studio-port", min=1, max=65535, help="The port of the studio.")]
Host = Annotated[str | None, typer.Option("--host", help="The address to listen on.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the command line."""
    for command in (up, edge, studio, portal, worker):
        app.command(rich_help_panel="Run")(command)


def set_environment(
    *, data: Path | None = None, port: int | None = None, studio_port: int | None = None, host: str | None = None
) -> None:
    """An option is the same as its variable, so that every child process sees it too."""
    for name, value in (("DATA", data), ("PUBLIC_PORT", port), ("STUDIO_PORT", studio_port), ("HOST", host)):
        if value is not None:
            os.environ[f"LEADSTONE_{name}"] = str(value)


def up(
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty installation with the demo company.")] = False,
    data: Data = None,
    port: Port = None,
    studio_port: StudioPort = None,
    host: Host = None,
) -> None:
    """Run everything on this machine: edge, studio with portal, worker.

    Example: leadstone up --demo
    """
    set_environment(data=data, port=port, studio_port=studio_port, host=host)
    load("launch").up(demo=demo)


def edge(data: Data = None, port: Port = None, host: Host = None) -> None:
    """Run the public door alone: pages and forms, without the database.

    Example: leadstone edge --port 8000
    """
    set_environment(data=data, port=port, host=host)
    load("serving").serve_edge()


def studio(
    data: Data = None,
    port: Annotated[int | None, typer.Option("--port", help="The port of the studio.")] = None,
    host: Host = None,
) -> None:
    """Run the staff door; the same process answers the portal for the edge.

    Example: leadstone studio --port 8001
    """
    set_environment(data=data, studio_port=port, host=host)
    load("serving").serve_studio()


def portal(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port of the portal.")],
    data: Data = None,
    host: Host = None,
) -> None:
    """Run the portal alone, on a port of its own (point the edge's studio address at it).

    Example: leadstone portal --port 8002
    """
    set_environment(data=data, host=host)
    load("serving").serve_portal(port=port)


def worker(
    data: Data = None,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then stop.")] = False,
) -> None:
    """Run one worker: drain the journal, react, send, publish. Any number may run.

    Example: leadstone worker
    """
    set_environment(data=data)
    load_with_database("working").run_worker(once=once)
