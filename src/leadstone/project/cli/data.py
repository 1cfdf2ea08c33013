"""Commands that look at an installation or change what it holds."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadstone import __version__
from leadstone.project.cli.lazy import load, load_with_database, load_with_django
from leadstone.project.cli.processes import Data, set_environment

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


class Bench(StrEnum):
    """What can be measured."""

    CAPTURE = "capture"
    PAGE = "page"
    INTAKE = "intake"
    FOOTPRINT = "footprint"
    INSIGHTS = "insights"


class StaffRole(StrEnum):
    """What a member of staff may be; the same words as `domains.access.rules.Role` (held by a test)."""

    MARKETER = "marketer"
    REP = "rep"
    MANAGER = "manager"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"


exports = typer.Typer(invoke_without_command=True)
imports = typer.Typer(no_args_is_help=True, help="Take in what was exported.")
users = typer.Typer(no_args_is_help=True, help="Accounts of the staff.")


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the command line."""
    panels: dict[str, tuple[Callable[..., None], ...]] = {
        "Look after": (status, doctor, check, migrate),
        "Data": (seed, bench, version),
    }
    for panel, commands in panels.items():
        for command in commands:
            app.command(rich_help_panel=panel)(command)
    users.command("add")(add_user)
    users.command("reset")(reset_user)
    exports.callback()(export)
    exports.command("magnet")(export_magnet)
    imports.command("magnet")(import_magnet)
    app.add_typer(exports, name="export", rich_help_panel="Data")
    app.add_typer(imports, name="import", rich_help_panel="Data")
    app.add_typer(users, name="user", rich_help_panel="Data")


def status(data: Data = None, as_json: AsJson = False) -> None:
    """Say how many submissions, contacts, leads and messages there are, and what waits.

    Example: leadstone status --json
    """
    set_environment(data=data)
    raise typer.Exit(load_with_database("status").show(as_json=as_json))


def doctor(data: Data = None) -> None:
    """Look at the surroundings: ports, folder, disk, clock, database, keys, mail server.

    Example: leadstone doctor
    """
    set_environment(data=data)
    raise typer.Exit(load("doctor").show())


def check(data: Data = None) -> None:
    """Check what is stored: consent ledger, database, blobs, bundle, permissions.

    Example: leadstone check
    """
    set_environment(data=data)
    raise typer.Exit(load_with_database("integrity").show())


def migrate(data: Data = None) -> None:
    """Bring the database to the shape that this version needs.

    Example: leadstone migrate
    """
    set_environment(data=data)
    load_with_django("migrating").migrate()


def seed(data: Data = None) -> None:
    """Fill an empty installation with the demo company Ciepło Polskie.

    Example: leadstone seed --data /tmp/demo
    """
    set_environment(data=data)
    load_with_django("demo.seed").seed()


def export(
    context: typer.Context,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="The file to write; by default standard output.")
    ] = None,
    data: Data = None,
) -> None:
    """Write every lead as CSV: formula-safe, phone numbers intact.

    Example: leadstone export --into leads.csv
    """
    if context.invoked_subcommand is None:
        set_environment(data=data)
        load_with_database("exporting").export_leads(into=into)


def export_magnet(
    slug: Annotated[str, typer.Argument(help="The public address: /m/SLUG.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, the only form there is.")] = True,
    data: Data = None,
) -> None:
    """Print the whole definition of a magnet: what is public, else the draft. A quiz has its outcomes in it.

    Example: leadstone export magnet quiz --json
    """
    set_environment(data=data)
    load_with_database("magnet_files").export_magnet(slug=slug)


def import_magnet(
    file: Annotated[Path, typer.Argument(help="What `leadstone export magnet` printed; - for standard input.")],
    data: Data = None,
) -> None:
    """Take a definition back as a draft. Nothing is public until somebody publishes it; a file must be added by hand.

    Example: leadstone import magnet quiz.json
    """
    set_environment(data=data)
    load_with_database("magnet_files").import_magnet(file=file)


def bench(
    name: Annotated[Bench, typer.Argument(help="What to measure.")],
    as_json: AsJson = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.5, help="How long each measurement runs.")] = 5,
    events: Annotated[int | None, typer.Option("--events", min=1000, help="For insights: how many events there are.")] = None,
) -> None:
    """Measure this machine, each figure beside its limit in the same run.

    Example: leadstone bench capture --seconds 5 --json
    """
    if events is not None and name is not Bench.INSIGHTS:
        raise typer.BadParameter("Only insights is measured by events.", param_hint="--events")
    options = {} if events is None else {"events": events}
    load("benching").show(name=name.value, as_json=as_json, seconds=seconds, **options)


def version() -> None:
    """Print the version.

    Example: leadstone version
    """
    typer.echo(__version__)


def add_user(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option("--name", prompt=True, help="The name that colleagues see.")],
    role: Annotated[StaffRole, typer.Option("--role", help="What this person does here.")] = StaffRole.REP,
    data: Data = None,
) -> None:
    """Add a member of staff; the password is asked for, or read from standard input.

    Example: leadstone user add emil@example.com --name "Emil Nowak" --role rep
    """
    set_environment(data=data)
    load_with_database("accounts").add_user(email=email, name=name, role=role.value)


def reset_user(
    email: Annotated[str, typer.Argument(help="The address that the account signs in with.")],
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the new password from standard input, one line.")
    ] = False,
    data: Data = None,
) -> None:
    """Let somebody in again who lost password or second factor: a new password, no second factor, no session left.

    The password is printed once; whoever owns the server hands it over. The audit log says that it was done.

    Example: leadstone user reset admin@example.com
    """
    set_environment(data=data)
    load_with_database("accounts").reset_user(email=email, from_stdin=password_stdin)
