"""What goes wrong, said by RFC 9457: one shape, a type that never changes, a title for people."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from leadstone.kernel.errors import LeadstoneError

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:leadstone:problem:"


class Wrong(Schema):
    """One value that does not do, and why."""

    where: str = Field(description="Where it stands: body.name, query.page, path.lead_id.")
    says: str = Field(description="What is wrong with it, in words.")


class ProblemShape(Schema):
    """A problem by RFC 9457."""

    type: str = Field(description="Stable; the list is in docs/api.md.", examples=[TYPES + "no_such_lead"])
    title: str = Field(description="For people; may change.")
    status: int
    detail: str | None = Field(None, description="More about this very request, for people.")
    errors: list[Wrong] | None = Field(None, description="With `invalid_request`: each value that does not do.")


class Problem(Exception):
    """An answer that is a problem. `code` is the stable end of its type."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        *,
        detail: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        super().__init__(code)

    def answer(self) -> HttpResponse:
        body: dict[str, Any] = {"type": TYPES + self.code, "title": self.title, "status": self.status}
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = list(self.errors)
        text = json.dumps(body, ensure_ascii=False)
        return HttpResponse(text, status=self.status, content_type=MEDIA_TYPE, headers=dict(self.headers))


def invalid(errors: Sequence[Mapping[str, str]]) -> Problem:
    """Some values do not do: where each stands, and why."""
    return Problem(422, "invalid_request", "Some of what you sent does not do.", errors=errors)


NOT_FOUND = Problem(404, "not_found", "There is nothing at this address.")
NOT_ALLOWED = Problem(405, "method_not_allowed", "This address does not take this method.")
SENSELESS = Problem(400, "bad_request", "This request makes no sense to us.")
BROKEN = Problem(500, "fault", "Something broke on our side. Nothing was changed.")

# A mistake of ours to the status that its name means; every other one is a request that cannot be done as it is.
_STATUSES: Mapping[str, int] = {}


def of_mistake(mistake: LeadstoneError) -> Problem:
    """What a named mistake is to a machine: `no_such_…` is 404, every other one 422."""
    status = _STATUSES.get(mistake.code, 404 if mistake.code.startswith("no_such") else 422)
    return Problem(status, mistake.code, str(mistake))


def in_words(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Pydantic's findings: where, and what is wrong."""
    return [{"where": _where(each["loc"]), "says": str(each["msg"])} for each in errors]


def _where(place: Sequence[str | int]) -> str:
    # Between source and field Ninja names the parameter of the function that takes the body.
    source, *rest = [str(step) for step in place]
    return ".".join([source, *(rest[1:] if source == "body" and len(rest) > 1 else rest)])


def answer_problems(api: NinjaAPI) -> None:
    """Let every exception of `api` be answered here."""

    def answer(_request: HttpRequest, exception: Any) -> HttpResponse:
        return problem_of(exception).answer()

    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, answer)


def problem_of(exception: Exception) -> Problem:
    """The one place where an exception becomes an answer."""
    match exception:
        case Problem():
            found = exception
        case LeadstoneError():
            found = of_mistake(exception)
        case Http404():
            found = NOT_FOUND
        case ValidationError():
            found = invalid(in_words(exception.errors))
        case HttpError() | SuspiciousOperation() | BadRequest() | UnicodeDecodeError():
            found = SENSELESS
        case IntegrityError():
            found = Problem(409, "conflict", "This contradicts what is there already.")
        case _:
            log.error("api.fault", exc_info=exception)
            found = BROKEN
    return found


def problem_by_status(status: int) -> Problem:
    """For an answer that came without one."""
    if status in (404, 405):
        return NOT_FOUND if status == 404 else NOT_ALLOWED
    return Problem(status, "bad_request", HTTPStatus(status).phrase)
