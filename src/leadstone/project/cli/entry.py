"""The door of the command line: one sentence for each mistake, and the exit code that goes with it."""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from leadstone import __version__
from leadstone.kernel.errors import LeadstoneError
from leadstone.project.cli import data, keeping, mail, processes, texts

app = typer.Typer(
    name="leadstone",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Something useful, given in return for a way to be contacted.\n\nBegin with [bold]leadstone up --demo[/bold].",
)
processes.add_to(app)
data.add_to(app)
keeping.add_to(app)
texts.add_to(app)
mail.add_to(app)

# What a command makes is its owner's to write and its group's to read (an edge of its own user): nobody else's business.
OTHERS_MAY_NOTHING = 0o027
FAILED = 1
INTERRUPTED = 130

WORDS_FOR_DISK_ERRORS = {
    errno.ENOSPC: "The disk is full: {path}. Free some space and start again; nothing that was acknowledged is lost.",
    errno.EDQUOT: "The disk quota is used up: {path}.",
    errno.EACCES: "No permission to write {path}. Choose another folder with --data, or change its owner.",
    errno.EPERM: "No permission for {path}.",
    errno.EROFS: "{path} lies on a read-only disk.",
    errno.EADDRINUSE: "The port is taken by another program.",
}


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    os.umask(OTHERS_MAY_NOTHING)
    try:
        app(arguments)
    except LeadstoneError as mistake:
        _refuse(str(mistake))
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python would complain once more while flushing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from None
    except OSError as fault:
        words = WORDS_FOR_DISK_ERRORS.get(fault.errno or 0)
        if words is None:
            raise
        _refuse(words.format(path=fault.filename or "the data folder"))


def _refuse(sentence: str) -> None:
    print(f"leadstone: {sentence}", file=sys.stderr)
    raise SystemExit(FAILED)
