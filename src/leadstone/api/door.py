"""The gate before every address of the machine door: the key, how often, how much, and the same request twice.

It stands before Ninja reads anything. What is refused (4xx, 5xx) has changed nothing: the transaction of a writing request ends
with its answer.
"""

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import ConfigDict

from leadstone.api.limits import Limiter
from leadstone.api.problems import MEDIA_TYPE, NOT_FOUND, SENSELESS, Problem, invalid, problem_by_status, problem_of
from leadstone.domains.access import queries as access
from leadstone.domains.access import services as keys
from leadstone.domains.access.queries import KeyHolder
from leadstone.domains.access.rules import Scope

MOST_BYTES = 64 * 1024
NAME_HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_NAME = re.compile(r"[!-~]{1,200}")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = re.compile(r"Bearer +(\S+) *", re.IGNORECASE)
LARGEST_ID = 2**63 - 1

View = Callable[..., HttpResponse]
limiter = Limiter()


class Told(Schema):
    """What a request tells us. A name that is not known is refused: a mistyped amount must not be no amount."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class KeyWith(HttpBearer):
    """Opens an operation to keys with `scope`. The key itself was looked at by the gate."""

    scope: Scope
    openapi_bearerFormat = "lsk_…"  # noqa: N815  the name is OpenAPI's

    def __call__(self, request: HttpRequest) -> KeyHolder:
        holder = holder_of(request)
        if self.scope not in holder.scopes:
            raise Problem(403, "scope_missing", "This key does not open this.", detail=f"It needs the scope {self.scope.value}.")
        return holder

    def authenticate(self, request: HttpRequest, token: str) -> KeyHolder:
        return self(request)


def holder_of(request: HttpRequest) -> KeyHolder:
    """Who asks; only behind the gate."""
    holder: KeyHolder = vars(request)["_leadstone_key"]
    return holder


def guarded(view: View, *, takes: Mapping[str, frozenset[str]], most_bytes: int = MOST_BYTES) -> View:
    """`view` behind the gate; whatever happens, the answer is JSON of ours. `takes`: method → its query parameters;
    `most_bytes`: of a request."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _let_in(request)
            _refuse_too_much(request, most_bytes)
            _refuse_unknown(request, takes)
            if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
                raise NOT_FOUND
            answer = view(request, *args, **kwargs) if request.method in _READING else _write(view, request, args, kwargs)
        except Exception as exception:
            answer = problem_of(exception).answer()
        return _dressed(answer)

    return gate


def _let_in(request: HttpRequest) -> None:
    now = timezone.now()
    shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    holder = access.key_holder(shown[1], now=now) if shown else None
    if holder is None:
        title = "This takes a key that is neither revoked nor too old." if shown else "This takes a key."
        detail = "Send it as Authorization: Bearer lsk_…"
        raise Problem(401, "key_missing", title, detail=detail, headers={"WWW-Authenticate": 'Bearer realm="Leadstone"'})
    wait = limiter.wait(holder.key_id)
    if wait:
        seconds = str(math.ceil(wait))
        raise Problem(429, "too_many_requests", "This key asks too often.", headers={"Retry-After": seconds})
    if not holder.noted:
        keys.note_key_use(key_id=holder.key_id, now=now)
    vars(request)["_leadstone_key"] = holder


def _refuse_too_much(request: HttpRequest, most_bytes: int) -> None:
    announced = request.headers.get("Content-Length") or "0"
    if not (announced.isascii() and announced.isdigit()) or int(announced) > most_bytes:
        raise Problem(413, "too_large", "This is more than we take.", detail=f"At most {most_bytes} bytes.")
    if "\0" in request.get_full_path() or "%00" in request.get_full_path():
        raise SENSELESS


def _refuse_unknown(request: HttpRequest, takes: Mapping[str, frozenset[str]]) -> None:
    """A filter that is mistyped must not show everything."""
    unknown = sorted(set(request.GET) - takes.get(request.method or "", frozenset(request.GET)))
    if unknown:
        raise invalid([{"where": f"query.{name}", "says": "There is no such parameter."} for name in unknown])


@transaction.atomic
def _write(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse:
    name = request.headers.get(NAME_HEADER, "")
    if not name:
        return _or_nothing(view(request, *args, **kwargs))
    if not _NAME.fullmatch(name):
        raise Problem(400, "bad_idempotency_key", "An Idempotency-Key has 1 to 200 visible ASCII characters.")
    key_id, digest = holder_of(request).key_id, _digest(request)
    if not keys.claim_answer(key_id=key_id, name=name, digest=digest, now=timezone.now()):
        return _again(key_id, name, digest)
    answer = _or_nothing(view(request, *args, **kwargs))
    if answer.status_code < 400:
        keys.keep_answer(key_id=key_id, name=name, status=answer.status_code, body=answer.content.decode())
    return answer


def _or_nothing(answer: HttpResponse) -> HttpResponse:
    """What is refused has changed nothing, the claim of its name included, so that it may be tried again."""
    if answer.status_code >= 400:
        transaction.set_rollback(True)
    return answer


def _again(key_id: int, name: str, digest: str) -> HttpResponse:
    kept = access.kept_answer(key_id=key_id, name=name)
    if kept is None or kept.digest != digest:
        raise Problem(422, "idempotency_key_reused", "This Idempotency-Key named another request before.")
    return HttpResponse(kept.body, status=kept.status, content_type="application/json", headers={REPLAYED: "true"})


def _digest(request: HttpRequest) -> str:
    try:
        body = request.body
    except RequestDataTooBig:
        raise Problem(413, "too_large", "This is more than we take.") from None
    said = b"\n".join([(request.method or "").encode(), request.get_full_path().encode(), body])
    return hashlib.sha256(said).hexdigest()


def _dressed(answer: HttpResponse) -> HttpResponse:
    if answer.status_code >= 400 and answer.headers.get("Content-Type") != MEDIA_TYPE:
        allow = answer.headers.get("Allow")
        answer = problem_by_status(answer.status_code).answer()
        if allow:
            answer.headers["Allow"] = allow
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
