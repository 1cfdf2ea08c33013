"""A child process that leaves with its parent, so that a killed supervisor or server leaves no orphan on a port."""

import ctypes
import signal
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def leave_with_parent() -> None:
    """Ask Linux to send us SIGTERM when our parent ends, however it ends. Other systems have no such call: nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
