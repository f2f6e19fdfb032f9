"""The bodies that the documentation sends are as the routes want them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from composition import ROOT, SERVICES
from described import JSON, bodies_of, complaints
from gateway.openapi import merge
from gateway.policy.routing import RouteTable
from gateway.routes import ROUTES
from operations import description_of

DOCUMENTS = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md")})
PLATFORM = merge({name: description_of(name) for name in SERVICES}, RouteTable(ROUTES))
BLOCK = re.compile(r"^```(sh|http)\n(.*?)^```", re.DOTALL | re.MULTILINE)
CURL = re.compile(r"\bcurl\b(?P<options>(?:\\\n|[^'\"\n#]|'[^']*'|\"[^\"]*\")*)")
ADDRESS = re.compile(r"\$base(/[^\s\"'?]*)")
METHOD = re.compile(r"-X (\w+)")
DATA = re.compile(r"-d '((?:[^']|'\$\w+')*)'")
VARIABLE = re.compile(r"'\$\w+'")
"""The shell's way to put what an earlier call answered, an id, between quotes."""
AN_ID = "01920000-0000-7000-8000-000000000001"
FORM = re.compile(r"--data-urlencode (\w+)=(\S+)")
REQUEST = re.compile(
    r"(?P<method>[A-Z]+) (?P<path>/\S*?)(?:\?\S*)?\n(?P<headers>(?:[\w-]+: .*\n)*)(?:\n(?P<body>\{.*\}))?"
)


@dataclass(frozen=True)
class Request:
    """A request that a document shows."""

    where: str
    method: str
    path: str
    body: str | None


def requests_in(document: Path) -> Iterator[Request]:
    """Those in blocks of `sh`, made with curl, and of `http`."""
    where = str(document.relative_to(ROOT))
    for language, text in BLOCK.findall(document.read_text()):
        if language == "http":
            found = REQUEST.match(text)
            assert found, f"{where}: write METHOD /path, headers, an empty line and the body:\n{text}"
            yield Request(where, found["method"], found["path"], found["body"])
            continue
        for call in CURL.finditer(text):
            options = call["options"]
            if address := ADDRESS.search(options):
                data, method = body_in(options), METHOD.search(options)
                verb = method[1] if method else "POST" if data else "GET"
                yield Request(where, verb, address[1], data)


def body_in(options: str) -> str | None:
    """What curl is told to send, a form as the object it stands for."""
    data, form = DATA.search(options), FORM.findall(options)
    return VARIABLE.sub(AN_ID, data[1]) if data else json.dumps(dict(form)) if form else None


REQUESTS = [request for document in DOCUMENTS for request in requests_in(document)]


def operation_for(request: Request) -> str | None:
    """The operation that a path of the documentation is for; its own names in braces stand for any segment."""
    for path, item in PLATFORM["paths"].items():
        template = re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(path))
        if request.method.lower() in item and re.fullmatch(template, request.path):
            return f"{request.method} {path}"
    return None


def test_the_documentation_shows_requests() -> None:
    assert sum(request.body is not None for request in REQUESTS) >= 5


@pytest.mark.parametrize("request_shown", REQUESTS, ids=lambda one: f"{one.where}:{one.method}{one.path}")
def test_a_request_that_is_shown_is_as_the_route_wants_it(request_shown: Request) -> None:
    operation = operation_for(request_shown)
    assert operation, f"{request_shown.method} {request_shown.path} is no route of the platform"
    bodies: dict[str, Any] = {body.operation: body.schema for body in bodies_of(PLATFORM)}
    if request_shown.body is None:
        assert not _needs_body(operation), f"{operation} needs a body"
        return
    assert operation in bodies, f"{operation} takes no body"
    assert complaints(PLATFORM, bodies[operation], json.loads(request_shown.body)) == []


def _needs_body(operation: str) -> bool:
    method, _, path = operation.partition(" ")
    described: JSON = PLATFORM["paths"][path][method.lower()]
    return bool(described.get("requestBody", {}).get("required"))
