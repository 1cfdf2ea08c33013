"""Taking in one letter from a mail server's pipe. By the exit code (sysexits.h) the server bounces it or tries again."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import BinaryIO

import structlog

from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.rules.letters import MOST_LETTER_BYTES
from leadstone.domains.inbound.rules.mail_doors import read_letterbox
from leadstone.flows.mail_received import Letter, Received, mail_received
from leadstone.infra.logs import configure_logs
from leadstone.project.environment import environment
from leadstone.project.providers import PROVIDERS

log = structlog.get_logger()

READ_AT_ONCE = 1024 * 1024
# Postfix and Exim bounce the first two with words of their own, and try again for days at the last.
_EXIT: Mapping[Received, int] = {
    Received.TAKEN: os.EX_OK,
    Received.AUTOMATIC: os.EX_OK,
    Received.UNKNOWN: os.EX_NOUSER,
    Received.TOO_LARGE: os.EX_DATAERR,
    Received.UNREADABLE: os.EX_DATAERR,
    Received.BUSY: os.EX_TEMPFAIL,
}


def take_one(source: BinaryIO, *, to: tuple[str, ...], sender: str | None) -> int:
    """The exit code for the letter that `source` holds."""
    surroundings = environment()
    configure_logs(form=surroundings.log_format, level=surroundings.log_level, process="mail")
    letterbox = read_letterbox(surroundings.inbound_mail_address)
    if letterbox is None:
        print("leadstone: LEADSTONE_INBOUND_MAIL_ADDRESS does not say which address is ours.", file=sys.stderr)
        return os.EX_TEMPFAIL
    letter = Letter(body=source.read(MOST_LETTER_BYTES + 1), to=to, sender=sender)
    while source.read(READ_AT_ONCE):
        continue  # what is too large is read to its end, or the server would take the closed pipe for a fault
    try:
        return _EXIT[mail_received(letter, letterbox=letterbox, provider=PROVIDERS[ProviderName.MAIL], now=datetime.now(UTC))]
    except Exception:
        # Whatever is wrong here is ours: the server keeps the letter and comes again.
        log.exception("inbound_mail.fault")
        return os.EX_TEMPFAIL
