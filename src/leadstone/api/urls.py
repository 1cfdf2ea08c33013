"""Every address of the machine door. The gate stands before all of them but the description."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from leadstone.api.description import description_of, query_names
from leadstone.api.door import MOST_BYTES, View, guarded
from leadstone.api.inbound import knock_at
from leadstone.api.problems import NOT_FOUND
from leadstone.api.routers import make_api
from leadstone.api.suppliers import MOST_BYTES as MOST_OF_DELIVERY

API = make_api()
DELIVERIES = "suppliers/<int:supplier_id>/deliveries"  # the one request that may be large


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """`/api/openapi.json`: open to everybody, for it says nothing about anybody."""
    return JsonResponse(description_of(API, server=settings.STUDIO_URL))


def nothing_here(request: HttpRequest, _path: str) -> HttpResponse:
    return NOT_FOUND.answer()


def _guarded() -> list[URLPattern]:
    operations = [each for each in API.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    takes = query_names(API)
    return [
        path(f"api/v1/{each.pattern}", _behind_the_gate(each, takes[str(each.pattern)]), name=each.name) for each in operations
    ]


def _behind_the_gate(each: URLPattern, takes: Mapping[str, frozenset[str]]) -> View:
    most = MOST_OF_DELIVERY if str(each.pattern) == DELIVERIES else MOST_BYTES
    return guarded(each.callback, takes=takes, most_bytes=most)


urlpatterns = [
    path("api/openapi.json", description, name="openapi"),
    path("api/in/<str:key>", knock_at, name="inbound"),
    *_guarded(),
    re_path(r"(?s)^api(.*)$", nothing_here),
]
