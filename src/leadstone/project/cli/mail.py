"""The command that a mail server hands letters to."""

import os
import sys
from typing import Annotated

import typer

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.cli.lazy import load_with_database
from leadstone.project.cli.processes import Data, set_environment


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on the command line."""
    app.command(name="inbound-mail", rich_help_panel="Run")(inbound_mail)


def inbound_mail(
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="Where it was sent (may be repeated); by default as its headers say."),
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="The sender of the envelope; empty for a bounce.")
    ] = None,
    data: Data = None,
) -> None:
    """Take in one letter from standard input, for the pipe of a mail server; answers by exit codes of sysexits.h.

    Example: leadstone inbound-mail --to "$ORIGINAL_RECIPIENT" --from "$SENDER" < letter.eml
    """
    try:
        set_environment(data=data)
        taken = load_with_database("letters_in").take_one(sys.stdin.buffer, to=tuple(filter(None, to or ())), sender=sender)
    except LeadstoneError as mistake:
        # Ours to put right, so the server keeps the letter and comes again; any other code would send it back.
        print(f"leadstone: {mistake}", file=sys.stderr)
        taken = os.EX_TEMPFAIL
    raise typer.Exit(taken)
