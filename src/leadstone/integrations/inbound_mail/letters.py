"""Letters (RFC 5322) that our own letterbox hands over, under the seal of their door."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage

from leadstone.domains.inbound.rules import Knock, Said, Told, Trouble, Turned, Unreadable
from leadstone.domains.inbound.rules.letters import read_letter
from leadstone.domains.inbound.rules.mail_doors import ID_HEADER, is_sealed, sealed_letter
from leadstone.domains.inbound.rules.reading import as_id


class Letters:
    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        return None if is_sealed(knock, secret=secret) else Turned.FORGED

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        return None

    def verify_token(self, *, secret: str) -> str:
        return ""

    def read(self, knock: Knock) -> Sequence[Said]:
        return [Said(provider_id=as_id(knock.headers.get(ID_HEADER)), fields=read_letter(knock.body).fields)]

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        return None

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        raise Unreadable

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        letter = EmailMessage()
        letter["From"] = "Ann Test <ann@test.example>"
        letter["Subject"] = "A sample"
        letter["Message-ID"] = "<sample@test.example>"
        letter.set_content("When can you come?")
        return sealed_letter(letter.as_bytes(), letter_id=provider_id, secret=secret)
