"""Webhooks of LinkedIn: X-LI-Signature with the application's client secret, and a challenge that is signed back.

LinkedIn itself sends the URN of a response; tools that sync leads send the answers with it, as `answers`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from leadstone.domains.inbound.rules import Knock, Said, Turned, Unreadable
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_moment, as_object, is_signed, read_object

_PREFIX = "hmacsha256="
_CODE = re.compile(r"[0-9a-zA-Z-]{1,100}")


class LinkedInLeadForms:
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
        fields: dict[str, str] = {}
        for each in as_list(told.get("answers", [])):
            answer = as_object(each)
            add_field(fields, answer.get("name"), answer.get("value"))
        at = told.get("occurredAt", told.get("occuredAt"))  # the second is how LinkedIn spells it
        moment = as_moment(at // 1000) if isinstance(at, int) else None
        return [Said(provider_id=as_id(told.get("leadGenFormResponse")), fields=fields, at=moment)]

    def read_fetched(self, body: bytes) -> Mapping[str, str]:
        raise Unreadable

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
