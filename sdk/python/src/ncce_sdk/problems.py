"""Refusals as exceptions."""

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class WrongField:
    """A field that is wrong, by its place in the body or its parameter's name."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """The platform refused. Decide by `code`, show `detail` to people, quote `request_id` when asking for help."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        self.status = status
        self.code = str(document.get("code", "unknown"))
        self.title = str(document.get("title", ""))
        self.detail = str(document.get("detail", ""))
        self.request_id = str(document.get("request_id", ""))
        self.errors = tuple(
            WrongField(str(one.get("pointer")), str(one.get("code")), str(one.get("detail")))
            for one in document.get("errors", ())
        )
        self.document = document
        super().__init__(f"{status} {self.code}: {self.detail}")


def problem_of(response: httpx.Response) -> Problem:
    """The problem that a response is; also of one that somebody in between has made."""
    try:
        document = response.json()
    except ValueError:
        document = None
    if not isinstance(document, dict):
        document = {"detail": response.text[:200], "request_id": response.headers.get("X-Request-Id", "")}
    return Problem(response.status_code, document)
