"""One OpenAPI document of everything exposed, made of the services' own."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from gateway.logs import Log
from gateway.policy.routing import RouteTable
from gateway.portal.description import finish
from gateway.wire.ask import NoAnswer, ask
from gateway.wire.services import Service

KEPT_SECONDS = 300.0
KEPT_INCOMPLETE_SECONDS = 5.0
ASK_SECONDS = 5.0
VERBS = frozenset({"get", "put", "post", "delete", "patch", "options", "head", "trace"})
# The gateway's own answers, by status: any operation may get them.
REFUSALS = {
    "401": "The credential is not valid",
    "408": "The request did not arrive in time",
    "413": "The body is too large",
    "414": "The address is too long",
    "429": "Too many requests; `Retry-After` says when to come back",
    "431": "The headers are too large",
    "502": "The service broke off",
    "503": "The service is not reachable",
    "504": "The service did not answer in time",
}

Document = dict[str, Any]
log = Log(__name__)


class MergedOpenApi:
    """Fetched when first asked for; kept for long only when every service has answered."""

    def __init__(self, services: Mapping[str, Service], table: RouteTable, steady: Callable[[], float]) -> None:
        self._services = services
        self._table = table
        self._steady = steady
        self._kept: bytes = b""
        self._kept_until = float("-inf")
        self._lock = asyncio.Lock()

    def forget(self) -> None:
        """Ask the services again: the routes have changed."""
        self._kept_until = float("-inf")

    async def render(self) -> bytes:
        """The document as JSON. A service that is down is left out until it is back."""
        async with self._lock:
            if self._steady() >= self._kept_until:
                names = list(self._services)
                found = await asyncio.gather(*(_fetch(self._services[name]) for name in names))
                parts = {name: part for name, part in zip(names, found, strict=True) if part is not None}
                # Beside the loop: megabytes of JSON would hold up every request under way.
                self._kept = await asyncio.to_thread(_as_one, parts, self._table)
                kept_seconds = KEPT_SECONDS if len(parts) == len(names) else KEPT_INCOMPLETE_SECONDS
                self._kept_until = self._steady() + kept_seconds
            return self._kept


async def _fetch(service: Service) -> Document | None:
    try:
        status, content = await ask(service, "GET", "/openapi.json", [], seconds=ASK_SECONDS)
        if status != 200:
            raise NoAnswer(f"status {status}")
        document: Document = json.loads(content)
        return document
    except (NoAnswer, ValueError) as error:
        log.warning("openapi.part_missing", service=service.name, error=repr(error))
        return None


def _as_one(parts: Mapping[str, Document], table: RouteTable) -> bytes:
    return json.dumps(merge(parts, table), separators=(",", ":")).encode()


def merge(parts: Mapping[str, Document], table: RouteTable) -> Document:
    """The services' documents as one: exposed paths only, tags kept, unequal components of one name kept apart."""
    merged: Document = {
        "openapi": "3.1.0",
        "info": {"title": "NCCE platform", "version": "1.0.0"},
        "servers": [{"url": "/"}],
        "paths": {},
        "components": {"responses": {f"Gateway{status}": _refusal(text) for status, text in REFUSALS.items()}},
    }
    for service, part in parts.items():
        part = _renamed(part, _clashes(part, merged["components"], service))
        for kind, components in part.get("components", {}).items():
            merged["components"].setdefault(kind, {}).update(components)
        for path, item in part.get("paths", {}).items():
            # A template's braces are not of the path; any segment stands for them.
            route = table.match(path.replace("{", "").replace("}", "").encode())
            if route is not None and route.service == service:
                merged["paths"][path] = _with_refusals(item)
    return finish(_without_unused(merged))


def _without_unused(document: Document) -> Document:
    """Drop what only unexposed paths use: it would tell how the services talk to each other."""
    used: set[str] = set()
    waiting = [document["paths"]]
    while waiting:
        new = set(re.findall(r'"(#/components/[^"]+)"', json.dumps(waiting.pop()))) - used
        used |= new
        waiting += [
            document["components"].get(kind, {}).get(name) for _, _, kind, name in (r.split("/", 3) for r in new)
        ]
    return document | {
        "components": {
            kind: {name: value for name, value in found.items() if f"#/components/{kind}/{name}" in used}
            for kind, found in document["components"].items()
        }
    }


def _clashes(part: Document, taken: Document, service: str) -> dict[str, str]:
    """New references for the components that another service has under the same name with another content.

    What refers to such a component has another content too, though it reads the same: a page of drafts, for one.
    """
    references: dict[str, str] = {}
    while found := {
        reference: f"#/components/{kind}/{service.capitalize()}{name}"
        for kind, components in part.get("components", {}).items()
        for name, content in components.items()
        if (reference := f"#/components/{kind}/{name}") not in references
        and name in taken.get(kind, {})
        and taken[kind][name] != _follow(content, references)
    }:
        references |= found
    return references


def _renamed(part: Document, references: Mapping[str, str]) -> Document:
    if not references:
        return part
    renamed: Document = _follow(part, references)
    for old, new in references.items():
        _, _, kind, name = old.split("/", 3)
        components = renamed["components"][kind]
        components[new.rpartition("/")[2]] = components.pop(name)
    return renamed


def _follow(node: Any, references: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _follow(value, references) for key, value in node.items()}
    if isinstance(node, list):
        return [_follow(value, references) for value in node]
    return references.get(node, node) if isinstance(node, str) else node


def _refusal(description: str) -> Document:
    schema = {"type": "object", "required": ["type", "title", "status", "code", "detail"]}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _with_refusals(item: Document) -> Document:
    refusals = {status: {"$ref": f"#/components/responses/Gateway{status}"} for status in REFUSALS}
    return {
        verb: {**operation, "responses": refusals | operation.get("responses", {})} if verb in VERBS else operation
        for verb, operation in item.items()
    }
