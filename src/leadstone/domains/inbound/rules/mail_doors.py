"""The mail address of a door, how a letter finds its door, and the seal under which it is handed over."""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from leadstone.domains.inbound.rules import Knock
from leadstone.kernel.address import read_address

ID_HEADER = "letter-id"
SEAL_HEADER = "letter-seal"
_KEY = re.compile(r"[a-z2-7]{16}")


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where mail for doors comes in: `local` with a plus and the key, or the key alone at a domain of its own."""

    local: str  # empty: all of the domain is ours
    domain: str

    def address_of(self, key: str) -> str:
        return f"{self.local}+{key}@{self.domain}" if self.local else f"{key}@{self.domain}"

    def keys_in(self, addresses: Iterable[str]) -> list[str]:
        """The keys that these addresses name, each once. Mail servers change the case of letters, so it says nothing."""
        found = []
        for address in addresses:
            local, _, domain = address.strip().strip("<>").lower().rpartition("@")
            prefix = f"{self.local}+" if self.local else ""
            if domain == self.domain and local.startswith(prefix) and _KEY.fullmatch(local.removeprefix(prefix)):
                found.append(local.removeprefix(prefix))
        return list(dict.fromkeys(found))


def read_letterbox(text: str) -> Letterbox | None:
    """`leads@firma.pl` or `@in.firma.pl`; None when it is empty. Raises `ValueError` for anything else."""
    said = text.strip()
    if not said:
        return None
    local, _, _ = said.rpartition("@")
    address = read_address(said if local else f"a{said}")
    if address is None or "+" in local:
        raise ValueError("it is an address like leads@company.com, or a domain like @in.company.com")
    return Letterbox(local=local.lower(), domain=address.domain)


def sealed_letter(body: bytes, *, letter_id: str, secret: str) -> Knock:
    """A letter as our own letterbox hands it to its door; nobody else knows the secret."""
    return Knock(body, {ID_HEADER: letter_id, SEAL_HEADER: _seal(body, letter_id, secret)})


def is_sealed(knock: Knock, *, secret: str) -> bool:
    shown = knock.headers.get(SEAL_HEADER, "")
    return bool(secret) and hmac.compare_digest(
        shown.encode("utf-8", "replace"), _seal(knock.body, knock.headers.get(ID_HEADER, ""), secret).encode()
    )


def _seal(body: bytes, letter_id: str, secret: str) -> str:
    return hmac.digest(secret.encode(), letter_id.encode("utf-8", "replace") + b"\n" + body, sha256).hex()
