"""What a description (OpenAPI) says of bodies: their examples, and whether something is as described."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

JSON = dict[str, Any]
SCHEMAS = "#/components/schemas/"
LEFT_OUT = "…"
"""What stands in an example of the documentation for something that only its reader knows."""


@dataclass(frozen=True)
class Body:
    """What an operation takes, as one media type."""

    operation: str
    media_type: str
    schema: JSON
    examples: tuple[Any, ...]


def bodies_of(document: JSON) -> Iterator[Body]:
    """Every body that an operation takes, named as in `POST /v1/bookings`."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                found = tuple(examples_of(document, content))
                yield Body(f"{method.upper()} {path}", media_type, content["schema"], found)


def examples_of(document: JSON, content: JSON) -> Iterator[Any]:
    """Examples of a body: those that stand beside its schema, and those in it."""
    yield from (one["value"] for one in content.get("examples", {}).values())
    if "example" in content:
        yield content["example"]
    schema = content["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    yield from schema.get("examples", ())


def complaints(document: JSON, schema: JSON, value: Any) -> list[str]:
    """Where a value is not as a schema of the document says. What was left out of it on purpose is not looked at."""
    components = {"schemas": named_in(document, schema)}
    judge = jsonschema_rs.Draft202012Validator(schema | {"components": components}, validate_formats=True)
    found = judge.iter_errors(value)
    return [f"{path_of(one)}: {one.message}" for one in found if LEFT_OUT not in str(one.instance)]


def named_in(document: JSON, schema: JSON) -> JSON:
    """The document's schemas that a schema needs, by name: a judge of all takes tens of milliseconds to make."""
    found: JSON = {}
    unread: list[Any] = [schema]
    while unread:
        part = unread.pop()
        unread += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        reference = part.get("$ref") if isinstance(part, dict) else None
        if isinstance(reference, str) and (name := reference.removeprefix(SCHEMAS)) not in found:
            found[name] = document["components"]["schemas"][name]
            unread.append(found[name])
    return found


def path_of(error: jsonschema_rs.ValidationError) -> str:
    """Where in the value, as a JSON pointer."""
    return "/" + "/".join(map(str, error.instance_path))
