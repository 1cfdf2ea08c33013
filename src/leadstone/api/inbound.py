"""`/api/in/{door}`: where other systems hand people over. Not part of the described API: each provider speaks as it does.

No key and no session: who sends is proven by the door's secret, over the raw body, before a word of it counts. What is answered
tells nobody more than whether it was taken.
"""

import math
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from leadstone.api.limits import Limiter
from leadstone.api.problems import NOT_FOUND, Problem, problem_of
from leadstone.domains.inbound import queries
from leadstone.domains.inbound.queries import DoorFacts
from leadstone.domains.inbound.rules import MOST_BYTES, Knock, Provider, Turned
from leadstone.flows.handed_over import hand_over

limiter = Limiter(a_minute=600, burst=120)

_ANSWERS = {
    Turned.FORGED: Problem(401, "not_verified", "The signature does not fit."),
    Turned.TOO_OLD: Problem(401, "too_old", "This was signed more than five minutes ago, or in the future."),
    Turned.UNREADABLE: Problem(422, "unreadable", "This is of no shape that the service has published."),
}
_TOO_LARGE = Problem(413, "too_large", "This is more than we take.", detail=f"At most {MOST_BYTES} bytes.")


def knock_at(request: HttpRequest, key: str) -> HttpResponse:
    """POST hands people over; GET answers a challenge and changes nothing."""
    try:
        answer = _answer(request, key)
    except Exception as exception:
        answer = problem_of(exception).answer()
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _answer(request: HttpRequest, key: str) -> HttpResponse:
    # Another method and an unknown door are told apart by nobody.
    ways: dict[str, Callable[[HttpRequest, DoorFacts, Provider], HttpResponse]] = {"GET": _challenge, "POST": _take}
    way = ways.get(request.method or "")
    if way is None:
        return HttpResponseNotAllowed(list(ways))
    door = queries.door_by_key(key)
    if door is None:
        raise NOT_FOUND
    wait = limiter.wait(door.door_id)
    if wait:
        raise Problem(429, "too_many_requests", "This is asked too often.", headers={"Retry-After": str(math.ceil(wait))})
    return way(request, door, settings.INBOUND_PROVIDERS[door.provider])


def _challenge(request: HttpRequest, door: DoorFacts, provider: Provider) -> HttpResponse:
    # While a secret is changed, the other side may still prove itself by the one before.
    secrets = (queries.secret_of(door.door_id), queries.old_secret_of(door.door_id, now=timezone.now()))
    answers = (provider.challenge(request.GET.dict(), secret=secret) for secret in secrets if secret)
    answered = next((each for each in answers if each is not None), None)
    if answered is None:
        raise Problem(403, "challenge_unfit", "This address takes people by POST, and answers a challenge of its provider.")
    media_type, text = answered
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8")


def _take(request: HttpRequest, door: DoorFacts, provider: Provider) -> HttpResponse:
    knock = Knock(_body(request), {name.lower(): value for name, value in request.headers.items()})
    turned = hand_over(door, knock, provider=provider, now=timezone.now())
    if turned is not None:
        raise _ANSWERS[turned]
    return JsonResponse({"taken": True})


def _body(request: HttpRequest) -> bytes:
    announced = request.headers.get("Content-Length") or "0"
    if not (announced.isascii() and announced.isdigit()) or int(announced) > MOST_BYTES:
        raise _TOO_LARGE
    try:
        return request.body
    except RequestDataTooBig:
        raise _TOO_LARGE from None
