"""Random bytes in small portions from a large one.

A call of `os.urandom` lets go of the interpreter, and beside a busy writer thread it then waits for it far longer than the
call takes. Belongs to one event loop of one process: a fork would hand out the same bytes twice.
"""

import os
from binascii import b2a_base64

PORTION = 16 * 1024

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Randomness:
    """The operating system's randomness, fetched ahead; no byte is given twice."""

    def __init__(self) -> None:
        self._portion = b""
        self._used = 0

    def take(self, size: int) -> bytes:
        if self._used + size > len(self._portion):
            self._portion = os.urandom(max(PORTION, size))
            self._used = 0
        self._used += size
        return self._portion[self._used - size : self._used]

    def ref(self) -> str:
        """A public reference, as `kernel.ids.new_ref` makes them: 128 random bits, 22 URL-safe characters."""
        # What `base64.urlsafe_b64encode` does, without the two Python functions around it.
        return b2a_base64(self.take(16), newline=False).translate(_URL_SAFE, b"=").decode()
