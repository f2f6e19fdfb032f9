"""What a description (OpenAPI) says of bodies: their examples, and whether something is as described."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

JSON = dict[str, Any]
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
    judge = jsonschema_rs.Draft202012Validator(schema | {"components": document["components"]}, validate_formats=True)
    found = judge.iter_errors(value)
    return [f"{path_of(one)}: {one.message}" for one in found if LEFT_OUT not in str(one.instance)]


def path_of(error: jsonschema_rs.ValidationError) -> str:
    """Where in the value, as a JSON pointer."""
    return "/" + "/".join(map(str, error.instance_path))
