"""Schemas as tables: every field of an object by its path, with its type in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
DEEPEST = 4
DECIMAL = {"number", "string"}
"""What an exact number may be sent as."""
FORMATS = {
    "date-time": "moment (UTC)",
    "date": "day",
    "uuid": "UUID",
    "email": "e-mail address",
    "uri": "address",
    "binary": "file",
}


@dataclass(frozen=True)
class Field:
    """A field of an object; `path` leads to it: `results[].code`."""

    path: str
    type: str
    is_required: bool
    about: str


def resolved(document: Document, schema: Document) -> Document:
    """The schema itself, where a reference stands for it."""
    while "$ref" in schema:
        found = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        schema = found | {key: value for key, value in schema.items() if key != "$ref"}
    return schema


def _options(schema: Document) -> list[Document]:
    return schema.get("anyOf") or schema.get("oneOf") or []


def choices(document: Document, schema: Document) -> list[Document]:
    """What a value may be, `null` left out."""
    return [one for option in _options(schema) if (one := resolved(document, option)).get("type") != "null"]


def fields_of(document: Document, schema: Document, path: str = "", depth: int = 0) -> Iterator[Field]:
    """The fields of an object and of the objects in it."""
    schema = resolved(document, schema)
    if len(options := choices(document, schema)) == 1:
        schema = options[0]
    if schema.get("type") == "array":
        yield from fields_of(document, schema.get("items", {}), f"{path}[]", depth)
        return
    if depth >= DEEPEST:
        return
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        whole = resolved(document, inner)
        yield Field(here, type_of(document, inner), name in required, str(whole.get("description", "")))
        yield from fields_of(document, inner, here, depth + 1)


def type_of(document: Document, schema: Document) -> str:
    """A type in words, with its bounds."""
    schema = resolved(document, schema)
    if options := choices(document, schema):
        is_nullable = len(options) < len(_options(schema))
        if {one.get("type") for one in options} == DECIMAL:
            options = [one for one in options if one["type"] == "number"]
        return " or ".join(dict.fromkeys(type_of(document, one) for one in options)) + (" or null" * is_nullable)
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return "one of " + ", ".join(f"“{value}”" for value in schema["enum"])
    kind = schema.get("type", "any value")
    if kind == "array":
        return "list of " + type_of(document, schema.get("items", {}))
    return FORMATS.get(schema.get("format", ""), str(kind)) + _bounds(schema)


def _bounds(schema: Document) -> str:
    least, most = schema.get("minimum", schema.get("minLength")), schema.get("maximum", schema.get("maxLength"))
    said = [f"{word} {_number(bound)}" for word, bound in (("from", least), ("to", most)) if bound is not None]
    unit = " characters" if "maxLength" in schema or "minLength" in schema else ""
    return f", {' '.join(said)}{unit}" if said else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
