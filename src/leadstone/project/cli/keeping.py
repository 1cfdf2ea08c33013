"""Commands that keep an installation safe: a copy to put away, the way back from it, and the door that a copy keeps shut."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from leadstone.project.cli.lazy import load, load_with_any_database, load_with_database
from leadstone.project.cli.processes import Data, set_environment

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        envvar="LEADSTONE_BACKUP_PASSPHRASE_FILE",
        help="The file with the passphrase of the backup; without it, a random key is used.",
    ),
]

quarantine = typer.Typer(no_args_is_help=True, help="Whether mail may leave this copy of the installation.")


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the command line."""
    commands: tuple[Callable[..., None], ...] = (backup, restore)
    for command in commands:
        app.command(rich_help_panel="Look after")(command)
    quarantine.command("lift")(lift)
    app.add_typer(quarantine, name="quarantine", rich_help_panel="Look after")


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.", metavar="FILE")],
    passphrase_file: PassphraseFile = None,
    data: Data = None,
) -> None:
    """Write database, journal, files and keys into one encrypted file, while everything runs.

    Example: leadstone backup /mnt/safe/leadstone-monday.backup
    """
    set_environment(data=data)
    load_with_any_database("backup.saving").show(file, passphrase_file=passphrase_file)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Read and verify everything, write nothing.")] = False,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The key; by default FILE.key beside FILE.")] = None,
    passphrase_file: PassphraseFile = None,
    erasures: Annotated[
        Path | None,
        typer.Option("--erasures", metavar="FILE", help="The erasures.log of the original: who was erased since the backup."),
    ] = None,
    no_erasures: Annotated[
        bool, typer.Option("--no-erasures", help="Go on although nobody knows who was erased since the backup.")
    ] = False,
    data: Data = None,
) -> None:
    """Make an installation of a backup, in an empty data folder and an empty database. It sends nothing until you let it.

    Example: leadstone restore leadstone-monday.backup --data /srv/leadstone
    """
    set_environment(data=data)
    if check:
        raise typer.Exit(load("backup.checking").show(file, key_file=key, passphrase_file=passphrase_file))
    load("backup.restoring").restore(
        file, key_file=key, passphrase_file=passphrase_file, erasures=erasures, no_erasures=no_erasures
    )


def lift(
    send_waiting: Annotated[
        bool, typer.Option("--send-waiting/--drop-waiting", help="What happens to mail that waited before the copy was made.")
    ] = False,
    data: Data = None,
) -> None:
    """Let mail leave from here again. What waited when the copy was made is dropped, as the original may have sent it.

    Example: leadstone quarantine lift --drop-waiting
    """
    set_environment(data=data)
    load_with_database("quarantine").lift(send_waiting=send_waiting)
