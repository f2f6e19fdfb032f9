"""A page for each problem, so that the `type` of every refusal leads somewhere."""

import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import TypedDict

from chassis.errors import PROBLEM_TYPE
from gateway.policy.headers import Headers

CACHING = b"public, max-age=3600"


class Described(TypedDict):
    """What `problems.json` holds of a code."""

    status: int
    title: str
    meaning: str


def read_problems() -> dict[str, Described]:
    """The packaged table, which `python -m ncce_cli.reference` writes from the error classes."""
    found: dict[str, Described] = json.loads(files("gateway").joinpath("problems.json").read_text())
    return found


class ProblemPages:
    """The pages by path, as HTML for those who ask for it and as plain text for everybody else."""

    def __init__(self, problems: Mapping[str, Described]) -> None:
        self._problems = {f"{PROBLEM_TYPE}{code}".encode(): (code, problem) for code, problem in problems.items()}

    def find(self, raw_path: bytes, accepted: bytes) -> tuple[Headers, bytes] | None:
        """Headers and body of a page; None when there is no such code."""
        if raw_path not in self._problems:
            return None
        code, problem = self._problems[raw_path]
        is_html = b"text/html" in accepted.lower()
        body = (_html if is_html else _text)(code, problem).encode()
        kind = b"text/html; charset=utf-8" if is_html else b"text/plain; charset=utf-8"
        return [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"vary", b"accept"),
            (b"cache-control", CACHING),
            (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        ], body


def _text(code: str, problem: Described) -> str:
    return f"{problem['status']} {code}\n{problem['title']}\n\n{problem['meaning']}\n"


def _html(code: str, problem: Described) -> str:
    title, meaning = escape(problem["title"]), escape(problem["meaning"])
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{title}</h1><p>{meaning}</p>"
        f"<p>Status {problem['status']}, code <code>{escape(code)}</code></p></main></body></html>\n"
    )
