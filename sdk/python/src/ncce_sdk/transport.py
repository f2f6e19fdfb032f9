"""Sending a request: credentials, repeats that are safe, answers as models."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic_core import to_json

from ncce_sdk.problems import problem_of

T = TypeVar("T")

AGAIN = frozenset({429, 502, 503, 504})
SAFE = frozenset({"GET", "PUT", "DELETE"})
KEY = "Idempotency-Key"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


class Model(BaseModel):
    """What all bodies and answers have in common: fields that are not known yet are passed over."""

    model_config = ConfigDict(populate_by_name=True, protected_namespaces=())


class Transport:
    """One connection pool and one credential."""

    def __init__(self, http: httpx.Client, retries: int, sleep: Callable[[float], None] = time.sleep) -> None:
        self._http = http
        self._retries = retries
        self._sleep = sleep

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        body: object = None,
        content: bytes | None = None,
        files: Mapping[str, Any] | None = None,
        needs_key: bool = False,
    ) -> httpx.Response:
        """The success. Raises Problem, or httpx.TransportError when there was no answer at all."""
        said = {name: value for name, value in (headers or {}).items() if value is not None}
        if needs_key:
            # Chosen once: every repeat is the same request to the platform.
            said.setdefault(KEY, str(uuid4()))
        if body is not None:
            content = _as_json(body)
            said["Content-Type"] = "application/json"
        is_repeatable = method in SAFE or KEY in said
        request = self._http.build_request(
            method, path, params=_written(query or {}), headers=said, content=content, files=files
        )
        for attempt in range(self._retries + 1):
            is_last = attempt == self._retries
            try:
                response = self._http.send(request)
            except httpx.TransportError:
                if is_last or not is_repeatable:
                    raise
                self._sleep(pause_before(attempt, None))
                continue
            if response.is_success:
                return response
            may_repeat = response.status_code in AGAIN and (is_repeatable or response.status_code == 429)
            if is_last or not may_repeat:
                raise problem_of(response)
            self._sleep(pause_before(attempt, response.headers.get("Retry-After")))
        raise AssertionError("the last attempt answers or raises")

    def each(
        self,
        kind: type[T],
        method: str,
        path: str,
        *,
        query: Mapping[str, Any],
        headers: Mapping[str, str | None] | None = None,
    ) -> Iterator[T]:
        """Every row of a list, page after page."""
        adapter = TypeAdapter(kind)
        cursor: str | None = None
        while True:
            asked = {**query, **({"cursor": cursor} if cursor else {})}
            page = self.send(method, path, query=asked, headers=headers).json()
            for row in page["data"]:
                yield adapter.validate_python(row)
            cursor = page["page"]["next_cursor"]
            if not cursor:
                return


class Area:
    """Operations that belong together."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport


def pause_before(attempt: int, retry_after: str | None, jitter: Callable[[], float] = random.random) -> float:
    """Seconds before the next attempt: as the platform says, else longer each time and never for all at once."""
    if retry_after is not None and retry_after.isdigit():
        return float(retry_after)
    longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0**attempt)
    return longest * (0.5 + jitter() / 2)


def segment(value: object) -> str:
    """A value as one part of a path."""
    return quote(str(value), safe="")


def answer(kind: type[T], response: httpx.Response) -> T:
    """The body of an answer as its type."""
    return TypeAdapter(kind).validate_json(response.content)


def _as_json(body: object) -> bytes:
    """A body as it is sent: what the caller left out stays out."""
    if isinstance(body, BaseModel):
        return body.model_dump_json(by_alias=True, exclude_unset=True).encode()
    return to_json(body, by_alias=True)


def _written(query: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that were given, as the platform reads them."""
    return {name: _one(value) for name, value in query.items() if value is not None}


def _one(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return [_one(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
