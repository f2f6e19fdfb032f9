"""The errors of `refusals`, rendered once as RFC 9457 problems and described once for the documentation.

The tree is a module of its own because the gateway refuses as well and must not load a web framework for it.
"""

import http
import socket
from collections.abc import Mapping
from typing import Any, TypedDict

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic_core import ErrorDetails
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException as StarletteHTTPException

from chassis.database_errors import is_passing, is_unstorable
from chassis.refusals import (
    PROBLEM_TYPE,
    BadRequest,
    Conflict,
    ContentTooLarge,
    Forbidden,
    Gone,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    SandboxOnly,
    SecondFactorRequired,
    ServiceError,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
    Unprocessable,
    ValidationFailed,
    ValueUnstorable,
)

__all__ = [
    "PROBLEM_MEDIA_TYPE",
    "PROBLEM_TYPE",
    "BadRequest",
    "Conflict",
    "ContentTooLarge",
    "FieldError",
    "Forbidden",
    "Gone",
    "NotFound",
    "PreconditionFailed",
    "PreconditionRequired",
    "Problem",
    "Responses",
    "SandboxOnly",
    "SecondFactorRequired",
    "ServiceError",
    "TooManyRequests",
    "Unauthenticated",
    "Unavailable",
    "Unprocessable",
    "ValidationFailed",
    "ValueUnstorable",
    "errors",
    "install",
    "merged",
    "problem",
    "unexpected",
]

log = structlog.get_logger(__name__)

PROBLEM_MEDIA_TYPE = "application/problem+json"
Responses = dict[int | str, dict[str, Any]]


class _Example(TypedDict):
    summary: str
    value: dict[str, object]


class FieldError(BaseModel):
    """One wrong field."""

    pointer: str = Field(description="JSON pointer into the body, or the parameter's name", examples=["/email"])
    code: str = Field(examples=["missing"])
    detail: str = Field(examples=["Field required"])


class Problem(BaseModel):
    """RFC 9457 problem document, `application/problem+json`."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    code: str = Field(description="Stable, to be switched on by programs")
    detail: str
    instance: str
    request_id: str | None = None
    errors: list[FieldError] | None = None


def problem(request: Request, error: ServiceError, extra: Mapping[str, object] | None = None) -> JSONResponse:
    """Render an error for the caller."""
    document = error.document(request.url.path, getattr(request.state, "request_id", None))
    return JSONResponse({**document, **(extra or {})}, error.status, error.headers, media_type=PROBLEM_MEDIA_TYPE)


def errors(*kinds: type[ServiceError]) -> Responses:
    """The `responses=` of a route: every problem of its own that it may answer, with its code."""
    by_status: dict[int, dict[str, _Example]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, {})[kind.code] = _example(kind)
    return {status: _documented(examples) for status, examples in by_status.items()}


def merged(first: Responses, second: Responses) -> Responses:
    """Both; where they have a status in common, the problems of both, and a model of the first's beside them."""
    both = {**first, **second}
    for status in first.keys() & second.keys():
        found = [one[status].get("content", {}).get(PROBLEM_MEDIA_TYPE, {}) for one in (first, second)]
        problems = _documented({code: one for part in found for code, one in part.get("examples", {}).items()})
        both[status] = {**first[status], **problems}
    return dict(sorted(both.items(), key=lambda item: str(item[0])))


def _example(kind: type[ServiceError]) -> _Example:
    value = {"type": PROBLEM_TYPE + kind.code, "title": kind.title, "status": kind.status, "code": kind.code}
    return {"summary": kind.title, "value": value | {"detail": f"{kind.title}.", "instance": "/v1/…"}}


def _documented(examples: Mapping[str, _Example]) -> dict[str, object]:
    content = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": dict(examples)}}
    return {"description": "; ".join(one["summary"] for one in examples.values()), "content": content}


async def _service_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)
    return problem(request, error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [_field_error(item) for item in error.errors()]
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return problem(request, BadRequest("The body is not valid JSON."))
    detail = "; ".join(f"{item['pointer']}: {item['detail']}" for item in found[:5])
    return problem(request, ValidationFailed(detail, errors=found))


def _field_error(item: ErrorDetails) -> dict[str, str]:
    where, *path = item["loc"]
    pointer = "/" + "/".join(str(part) for part in path) if where == "body" else str(path[-1] if path else where)
    return {"pointer": pointer, "code": item["type"].replace("_", "-"), "detail": item["msg"]}


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, StarletteHTTPException)
    kind = next((kind for kind in ServiceError.__subclasses__() if kind.status == error.status_code), None)
    raised = (kind or ServiceError)(str(error.detail))
    phrase = http.HTTPStatus(error.status_code).phrase
    body: dict[str, object] = {"status": error.status_code}
    if kind is None:
        slug = phrase.lower().replace(" ", "-")
        body |= {"code": slug, "type": PROBLEM_TYPE + slug, "title": phrase}
    reply = problem(request, raised, body)
    reply.status_code = error.status_code
    reply.headers.update(error.headers or {})
    return reply


async def _database_failed(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, SQLAlchemyError) or is_passing(error):
        log.warning("database.unavailable", error=type(error).__name__)
        return problem(request, Unavailable("The database is not answering. Nothing was changed; try again."))
    if is_unstorable(error):
        return problem(request, ValueUnstorable("A text or a number in the request is not one that can be stored."))
    raise error


def unexpected(request: Request) -> JSONResponse:
    """What the caller gets of an error nobody foresaw."""
    return problem(request, ServiceError("The fault has been recorded under the request id."))


def install(app: FastAPI) -> None:
    """Render the errors of an application as problems; those nobody foresaw are left to `RequestContext`."""
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StarletteHTTPException, _http_error)
    for kind in (SQLAlchemyError, ConnectionError, socket.gaierror, TimeoutError):
        app.add_exception_handler(kind, _database_failed)
