"""Every address of the machine door. The gate stands before all of them but the description."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from leadstone.api.description import description_of, query_names
from leadstone.api.door import guarded
from leadstone.api.inbound import knock_at
from leadstone.api.problems import NOT_FOUND
from leadstone.api.routers import make_api

API = make_api()


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
        path(f"api/v1/{each.pattern}", guarded(each.callback, takes=takes[str(each.pattern)]), name=each.name)
        for each in operations
    ]


urlpatterns = [
    path("api/openapi.json", description, name="openapi"),
    path("api/in/<str:key>", knock_at, name="inbound"),
    *_guarded(),
    re_path(r"(?s)^api(.*)$", nothing_here),
]
