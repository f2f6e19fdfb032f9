"""The reference: each operation of the described API as a reader needs it, with every `$ref` followed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gateway.portal.areas import GROUPS, Area
from gateway.portal.schemas import Field, fields_of, type_of

Document = dict[str, Any]
HEADERS_OF_KEY = {"apiKey": "X-API-Key: $key", "accessToken": "Authorization: Bearer $token"}

BY_BROWSERS = frozenset({"browserSession", "csrfToken"})
"""Credentials that browsers send by themselves: no page can be given them."""


@dataclass(frozen=True)
class Parameter:
    """A part of the path, of the query, or a header."""

    name: str
    place: str
    type: str
    is_required: bool
    about: str


@dataclass(frozen=True)
class Refusal:
    """A status that is not a success, with the codes that say why."""

    status: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Described:
    """An operation."""

    method: str
    path: str
    name: str
    summary: str
    about: str
    callers: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    media_type: str
    body: tuple[Field, ...]
    successes: tuple[tuple[str, str, tuple[Field, ...]], ...]
    refusals: tuple[Refusal, ...]
    curl: str


@cache
def document() -> Document:
    """The description of the API as it was released last."""
    found: Document = json.loads(files("gateway.portal").joinpath("openapi.json").read_text(encoding="utf-8"))
    return found


def used_groups() -> Iterator[tuple[str, list[tuple[Area, int]]]]:
    """Groups of areas with the number of their operations; those without any are left out."""
    counted: dict[str, int] = {}
    for _, _, operation in _operations():
        for tag in operation["tags"]:
            counted[tag] = counted.get(tag, 0) + 1
    for group in GROUPS:
        if areas := [(area, counted[area.tag]) for area in group.areas if area.tag in counted]:
            yield group.name, areas


def operations_of(area: Area) -> list[Described]:
    """What an area offers, in the order of its paths, reading before writing."""
    found = [
        _described(method, path, operation)
        for path, method, operation in _operations()
        if area.tag in operation["tags"]
    ]
    return sorted(found, key=lambda one: (one.path, one.method != "GET", one.method))


def document_of(area: Area) -> Document:
    """An area's part of the description, complete in itself: small enough to be explored."""
    paths: Document = {}
    for path, method, operation in _operations():
        if area.tag in operation["tags"]:
            given = [one for one in operation["security"] if not one.keys() & BY_BROWSERS]
            paths.setdefault(path, {})[method] = operation | {"security": given}
    part = document() | {"paths": paths, "tags": [tag for tag in document()["tags"] if tag["name"] == area.tag]}
    return part | {"components": _components_for(paths)}


def _components_for(paths: Document) -> Document:
    components = document()["components"]
    schemes = components["securitySchemes"].items()
    kept: Document = {"securitySchemes": {name: one for name, one in schemes if name not in BY_BROWSERS}}
    waiting: list[Any] = [paths]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            if isinstance(reference := node.get("$ref"), str):
                _, _, kind, name = reference.split("/", 3)
                if name not in kept.setdefault(kind, {}):
                    kept[kind][name] = components[kind][name]
                    waiting.append(components[kind][name])
    return kept


def _operations() -> Iterator[tuple[str, str, Document]]:
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _described(method: str, path: str, operation: Document) -> Described:
    media_type, content = _first_content(operation.get("requestBody", {}))
    about = operation.get("description", "").partition("\n")[2].strip()
    return Described(
        method=method.upper(),
        path=path,
        name=operation["operationId"],
        summary=operation["summary"],
        about=about,
        callers=tuple(dict.fromkeys(_caller(one) for one in operation.get("x-callers", ()))),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        media_type=media_type,
        body=tuple(fields_of(document(), content.get("schema", {}))),
        successes=tuple(_successes(operation)),
        refusals=tuple(_refusals(operation)),
        curl=_curl(method.upper(), path, operation, media_type, content),
    )


def _caller(caller: Document) -> str:
    if caller["kind"] == "public":
        return "Everybody, without a credential"
    if caller["kind"] == "partner":
        return "A partner’s key with the scope " + " or ".join(caller.get("scopes", ("of any kind",)))
    if "roles" in caller:
        return "People with the role " + " or ".join(caller["roles"])
    return "Everybody who is signed in" if caller["kind"] == "person" else f"Callers of the kind {caller['kind']}"


def _parameter(parameter: Document) -> Parameter:
    schema = parameter["schema"]
    return Parameter(
        name="-".join(map(str.capitalize, parameter["name"].split("-")))
        if parameter["in"] == "header"
        else parameter["name"],
        place=parameter["in"],
        type=type_of(document(), schema),
        is_required=parameter.get("required", False),
        about=parameter.get("description", ""),
    )


def _answer(answer: Document) -> Document:
    if "$ref" in answer:
        found: Document = document()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        return found
    return answer


def _first_content(body: Document) -> tuple[str, Document]:
    """A media type and what is said of it; nothing of both where there is no body."""
    for media_type, content in body.get("content", {}).items():
        return media_type, content
    return "", {}


def _successes(operation: Document) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    for status, answer in operation["responses"].items():
        if status < "400":
            media_type, content = _first_content(_answer(answer))
            yield status, media_type, tuple(fields_of(document(), content.get("schema", {})))


def _refusals(operation: Document) -> Iterator[Refusal]:
    for status, answer in sorted(operation["responses"].items()):
        if status >= "400":
            contents = _answer(answer).get("content", {}).values()
            yield Refusal(status, tuple(code for content in contents for code in content.get("examples", {})))


def _curl(method: str, path: str, operation: Document, media_type: str, content: Document) -> str:
    """A request as it is typed into a terminal."""
    lines = [f'curl -s "$base{path}"' if method in ("GET", "POST") else f'curl -s -X {method} "$base{path}"']
    if method == "POST" and not content:
        lines[0] = f'curl -s -X POST "$base{path}"'
    for scheme in list(operation["security"])[:1]:
        lines += [f"-H '{HEADERS_OF_KEY[name]}'".replace("'", '"') for name in scheme if name in HEADERS_OF_KEY]
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "header" and parameter.get("required"):
            value = "$(uuidgen)" if parameter["name"] == "idempotency-key" else "…"
            lines.append(f'-H "{_parameter(parameter).name}: {value}"')
    if media_type == "application/json":
        example: Any = next(_examples(content), {})
        lines += [f"-H 'Content-Type: {media_type}'", "-d '" + json.dumps(example, indent=2, ensure_ascii=False) + "'"]
    return " \\\n  ".join(lines)


def _examples(content: Document) -> Iterator[Any]:
    yield from (one["value"] for one in content.get("examples", {}).values())
    schema = content["schema"]
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    yield from schema.get("examples", ())
