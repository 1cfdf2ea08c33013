"""Webhooks of LinkedIn: X-LI-Signature with the application's client secret, and a challenge that is signed back.

LinkedIn itself sends the URN of a response; what it says is asked for at its Lead Sync API (`answers`). Tools that sync leads
send the answers along, as `answers`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.inbound.rules import Knock, Said, Told, Trouble, Turned
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_moment, as_object, is_signed, read_object
from leadstone.integrations.linkedin.answers import read_answers

REST = "https://api.linkedin.com/rest/"
VERSION = "202606"
_PREFIX = "hmacsha256="
_CODE = re.compile(r"[0-9a-zA-Z-]{1,100}")
_RESPONSE = re.compile(r"(?:urn:li:leadGenFormResponse:)?([0-9a-zA-Z-]{1,100})")
# The form comes along, so that one question is enough where LinkedIn answers it so.
_FIELDS = "id,submittedAt,testLead,versionedLeadGenFormUrn,formResponse,form:(creationLocale,hiddenFields,content)"
_TROUBLES = {401: Trouble.TOKEN_OVER, 403: Trouble.NO_RIGHT, 426: Trouble.OLD_VERSION, 429: Trouble.TOO_OFTEN}


@dataclass(frozen=True, slots=True)
class LinkedInLeadForms:
    """`version`: of its API, the year and month that LinkedIn names it by; each is spoken for a year or so."""

    version: str = VERSION
    rest: str = REST

    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        shown = knock.headers.get("x-li-signature", "").removeprefix(_PREFIX)
        # What is signed begins with the prefix, too.
        return None if is_signed(shown, secret=secret, said=_PREFIX.encode() + knock.body) else Turned.FORGED

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        code = query.get("challengeCode", "")
        if not _CODE.fullmatch(code):
            return None
        response = hmac.digest(secret.encode(), code.encode(), hashlib.sha256).hex()
        return "application/json", json.dumps({"challengeCode": code, "challengeResponse": response})

    def verify_token(self, *, secret: str) -> str:
        return ""

    def read(self, knock: Knock) -> Sequence[Said]:
        told = read_object(knock.body)
        if told.get("leadAction") == "DELETED":
            return []
        lead = as_id(told.get("leadGenFormResponse"))
        fields: dict[str, str] = {}
        for each in as_list(told.get("answers", [])):
            answer = as_object(each)
            add_field(fields, answer.get("name"), answer.get("value"))
        at = told.get("occurredAt", told.get("occuredAt"))  # the second is how LinkedIn spells it
        moment = as_moment(at // 1000) if isinstance(at, int) else None
        return [Said(provider_id=lead, fields=fields, at=moment, fetch="" if "answers" in told else self._address_of(lead))]

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {"authorization": f"Bearer {token}", "linkedin-version": self.version, "x-restli-protocol-version": "2.0.0"}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        return Trouble.SILENT if status >= 500 else _TROUBLES.get(status)

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        return read_answers([read_object(body) for body in bodies], forms=f"{self.rest}leadForms/")

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        answers = {"firstName": "Ann", "lastName": "Test", "email": "ann@test.example", "company": "Test"}
        told = {
            "type": "LEAD_ACTION",
            "leadGenFormResponse": provider_id,
            "leadAction": "CREATED",
            "occuredAt": int(now.timestamp() * 1000),
            "answers": [{"name": name, "value": text} for name, text in answers.items()],
        }
        body = json.dumps(told).encode()
        return Knock(body, {"x-li-signature": hmac.digest(secret.encode(), _PREFIX.encode() + body, hashlib.sha256).hex()})

    def _address_of(self, lead: str) -> str:
        """Where it tells of a response; empty for what names none."""
        named = _RESPONSE.fullmatch(lead)
        return f"{self.rest}leadFormResponses/{named[1]}?fields={_FIELDS}" if named else ""
