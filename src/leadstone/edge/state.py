"""The edge's own small memory, under keyed hashes: uses of links, links closed here, counts by window. A restart forgets none.

Counts live in memory and are written in the journal's writer thread right after its commit, before the acknowledgement: they
are exact after a crash of the process. A power cut may lose the last of them, which harms nobody.
"""

import hashlib
import sqlite3
import threading
from pathlib import Path

from leadstone.wire.journal import roll_back

SCHEMA = """
CREATE TABLE IF NOT EXISTS uses (token BLOB PRIMARY KEY, uses INTEGER NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counts (window INTEGER, name BLOB, count INTEGER NOT NULL, PRIMARY KEY (window, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS proofs (proof BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS closed (link BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID;
"""


class EdgeState:
    """`key` is the edge's own: without it nobody can tell which network or link a row is about."""

    def __init__(self, path: Path, *, key: bytes) -> None:
        self._key = hashlib.blake2b(key, person=b"edge-state").digest()
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("busy_timeout=2000", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(SCHEMA)
        self._uses: dict[bytes, tuple[int, bool]] = {
            token: (uses, bool(told)) for token, uses, told in self._connection.execute("SELECT token, uses, told FROM uses")
        }
        self._window = 0
        self._counts: dict[bytes, int] = {}
        self._proofs: dict[bytes, int] = dict(self._connection.execute("SELECT proof, expires FROM proofs"))
        self._closed: dict[bytes, int] = dict(self._connection.execute("SELECT link, expires FROM closed"))
        self._new_uses: dict[bytes, tuple[int, bool]] = {}
        self._new_counts: dict[bytes, int] = {}
        self._new_proofs: dict[bytes, int] = {}
        self._new_closed: dict[bytes, int] = {}

    def hashed(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()

    def uses(self, token: bytes) -> tuple[int, bool]:
        """How many complete files a link gave, and whether the journal was told of the first."""
        return self._uses.get(token, (0, False))

    def set_uses(self, token: bytes, uses: int, *, told: bool) -> None:
        with self._lock:
            self._uses[token] = self._new_uses[token] = (uses, told)

    def close_link(self, link: bytes, *, expires: int) -> None:
        """Open nothing with `link` until `expires` (seconds); lasts once it is flushed."""
        with self._lock:
            self._closed[link] = self._new_closed[link] = expires

    def is_closed(self, link: bytes) -> bool:
        return link in self._closed

    def enter_window(self, window: int) -> None:
        """Begin counting anew, unless this window's counts are on disk from before a restart."""
        if window == self._window:
            return
        with self._lock:
            self._window = window
            self._new_counts = {}
            rows = self._connection.execute("SELECT name, count FROM counts WHERE window = ?", (window,))
            self._counts = dict(rows.fetchall())

    def count(self, name: bytes) -> int:
        return self._counts.get(name, 0)

    def add(self, name: bytes) -> None:
        with self._lock:
            self._counts[name] = self._new_counts[name] = self._counts.get(name, 0) + 1

    def spend_proof(self, proof: bytes, *, expires: int, now: int) -> bool:
        """Whether `proof` was not used before; it is from now on."""
        with self._lock:
            if self._proofs.get(proof, 0) > now:
                return False
            self._proofs[proof] = self._new_proofs[proof] = expires
            return True

    def flush(self) -> None:
        """Write what is new. Any thread may call it."""
        with self._lock:
            if not (self._new_uses or self._new_counts or self._new_proofs or self._new_closed):
                return
            # Inside the lock, so that an older count never overwrites a newer one.
            self._write()
            self._new_uses, self._new_counts, self._new_proofs, self._new_closed = {}, {}, {}, {}

    def _write(self) -> None:
        connection = self._connection
        uses = [(token, *pair) for token, pair in self._new_uses.items()]
        counts = [(self._window, name, count) for name, count in self._new_counts.items()]
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany("INSERT OR REPLACE INTO uses VALUES (?, ?, ?)", uses)
            connection.executemany("INSERT OR REPLACE INTO counts VALUES (?, ?, ?)", counts)
            connection.executemany("INSERT OR REPLACE INTO proofs VALUES (?, ?)", list(self._new_proofs.items()))
            connection.executemany("INSERT OR REPLACE INTO closed VALUES (?, ?)", list(self._new_closed.items()))
            connection.execute("COMMIT")
        except BaseException:
            roll_back(connection)
            raise

    def forget_old(self, *, now: int) -> None:
        """Drop counts of past windows, and proofs and closed links that have expired."""
        with self._lock:
            self._proofs = {proof: expires for proof, expires in self._proofs.items() if expires > now}
            self._connection.execute("DELETE FROM counts WHERE window < ?", (self._window,))
            self._closed = {link: expires for link, expires in self._closed.items() if expires > now}
            self._connection.execute("DELETE FROM proofs WHERE expires <= ?", (now,))
            self._connection.execute("DELETE FROM closed WHERE expires <= ?", (now,))

    def close(self) -> None:
        self.flush()
        self._connection.close()
