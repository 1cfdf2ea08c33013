"""The OpenAPI description: what Ninja knows of each operation, and what the gate adds to all of them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from leadstone.api.door import NAME_HEADER
from leadstone.api.problems import MEDIA_TYPE, ProblemShape

PREFIX = "/api/v1/"
ABOUT = (
    "Every request carries a key: `Authorization: Bearer lsk_…`, made in the studio under Machines. "
    "Mistakes are answered by RFC 9457. A writing request may carry an `Idempotency-Key`: for 24 hours the same request "
    "with the same key gets the same answer. What is refused has changed nothing."
)
_OF_ALL = {
    "400": "The request makes no sense.",
    "401": "No key, or one that opens nothing.",
    "403": "The key has not the scope.",
    "422": "A value does not do, or the request cannot be done as things stand.",
    "429": "The key asks too often; Retry-After says when it may ask again.",
    "500": "Something broke on our side.",
}
_OF_ROWS = {"404": "There is no such thing, or it is out of the key's reach."}
_OF_WRITES = {"409": "It contradicts what is there already.", "413": "More than we take."}
_NAME_PARAMETER = {
    "in": "header",
    "name": NAME_HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "Names this request, so that it may be sent again without being done twice.",
}


def description_of(api: NinjaAPI, *, server: str) -> dict[str, Any]:
    """The whole description, valid by OpenAPI 3.1."""
    # Ninja hands out parts of what it keeps.
    told: dict[str, Any] = deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    told["info"]["description"] = ABOUT
    told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    told["servers"] = [{"url": server}]
    told["components"]["schemas"].update(_problem_shapes())
    told["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "lsk_…"}}
    for path, method, operation in _operations(told):
        scopes = [scope for each in api_scopes(api, operation["operationId"]) for scope in each]
        operation["security"] = [{"key": scopes}]
        problems = _OF_ALL | (_OF_ROWS if "{" in path or method != "get" else {}) | ({} if method == "get" else _OF_WRITES)
        operation["responses"].update({status: _problem(status, words) for status, words in problems.items()})
        operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
        if method != "get":
            operation.setdefault("parameters", []).append(_NAME_PARAMETER)
    return told


def api_scopes(api: NinjaAPI, operation_id: str) -> Iterator[list[str]]:
    """The scopes that an operation asks for."""
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                if operation.operation_id == operation_id:
                    yield [auth.scope.value for auth in operation.auth_callbacks if hasattr(auth, "scope")]


def query_names(api: NinjaAPI) -> dict[str, dict[str, frozenset[str]]]:
    """Pattern of an address → method → the query parameters that it takes."""
    found = {}
    for bound in api._get_bound_routers():
        for place, view in bound.path_operations.items():
            pattern = f"{bound.prefix}{place}".lstrip("/").replace("{", "<").replace("}", ">")
            found[pattern] = {method: _names(operation) for operation in view.operations for method in operation.methods}
    return found


def _names(operation: Operation) -> frozenset[str]:
    asked = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in asked for name in getattr(model, "__ninja_flatten_map__", {}))


def _operations(told: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _problem(status: str, words: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
    }
    if status == "429":
        answer["headers"] = {"Retry-After": {"description": "Seconds.", "required": True, "schema": {"type": "integer"}}}
    return answer


def _problem_shapes() -> dict[str, Any]:
    shape = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**shape.pop("$defs", {}), "ProblemShape": shape}
