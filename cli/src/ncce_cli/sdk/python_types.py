"""Schemas as types of Python, and objects as models."""

import keyword
import re
import textwrap
from collections.abc import Iterator

from pydantic import BaseModel

from ncce_cli.sdk.naming import Document

FORMATS = {"date": "dt.date", "date-time": "dt.datetime", "uuid": "UUID"}
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
IMPORTS = {
    "dt.": "import datetime as dt",
    "Decimal": "from decimal import Decimal",
    "Any": "from typing import Any",
    "Literal": "from typing import Literal",
    "UUID": "from uuid import UUID",
    "Field(": "from pydantic import Field",
    "TypeAdapter": "from pydantic import TypeAdapter",
}
TAKEN = frozenset(dir(BaseModel))


def class_name(schema: str) -> str:
    """A schema's name as a class: `Page_BookingOut_` becomes `PageBookingOut`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", schema) if part)


def variable(name: str) -> str:
    """A field's or parameter's name as Python can write it."""
    plain = re.sub(r"\W", "_", name).strip("_").lower() or "value"
    return f"{plain}_" if keyword.iskeyword(plain) or plain in TAKEN or plain[0].isdigit() else plain


def referenced(node: object) -> Iterator[str]:
    """Names of the schemas that a piece of a document refers to."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str) and "/schemas/" in node["$ref"]:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from referenced(value)
    elif isinstance(node, list):
        for value in node:
            yield from referenced(value)


def type_of(schema: Document, *, is_sent: bool) -> str:
    """A type. Values of a closed list are closed only in what is sent: an answer may come with newer ones."""
    if "$ref" in schema:
        return class_name(schema["$ref"].rpartition("/")[2])
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return _union(options, is_sent=is_sent)
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"  # also in answers: it tells alternatives apart
    if "enum" in schema:
        if is_sent:
            return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
        return PLAIN.get(schema.get("type", "string"), "str")
    kind = schema.get("type")
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}), is_sent=is_sent)}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {type_of(inner, is_sent=is_sent) if isinstance(inner, dict) else 'Any'}]"
    if kind == "string":
        return FORMATS.get(schema.get("format", ""), "str")
    return PLAIN.get(str(kind), "Any")


def _union(options: list[Document], *, is_sent: bool) -> str:
    kinds = {option.get("type") for option in options}
    if {"number", "string"} <= kinds:
        return "Decimal | None" if "null" in kinds else "Decimal"
    found = dict.fromkeys(type_of(option, is_sent=is_sent) for option in options)
    names = [name for name in found if name != "None"] + ["None"] * ("None" in found)
    return "Any" if "Any" in names else " | ".join(names)


def model(name: str, schema: Document, *, is_sent: bool, coming: set[str]) -> str:
    """A class, or another name for a type, of one schema. What is still coming is named in quotes."""
    if "properties" not in schema:
        return f"{class_name(name)} = {type_of(schema, is_sent=is_sent)}\n"
    lines = [f"class {class_name(name)}(Model):", *docstring(schema.get("description", ""), name)]
    required = schema.get("required", ())
    for field, inner in schema["properties"].items():
        lines.append(f"    {_field(field, inner, field in required, is_sent=is_sent, coming=coming)}")
    return "\n".join(lines) + "\n"


def _field(name: str, schema: Document, is_required: bool, *, is_sent: bool, coming: set[str]) -> str:
    written, kind = variable(name), type_of(schema, is_sent=is_sent)
    if not is_required and not kind.endswith("None") and kind != "Any":
        kind += " | None"
    if coming & set(re.findall(r"\w+", kind)):
        kind = f'"{kind}"'
    alias = f"alias={name!r}" if written != name else ""
    if is_required:
        return f"{written}: {kind}" + (f" = Field({alias})" if alias else "")
    return f"{written}: {kind} = " + (f"Field(default=None, {alias})" if alias else "None")


def docstring(text: str, name: str, indent: str = "    ") -> list[str]:
    """A docstring within the line length."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''") or f"{class_name(name)}."
    plain += " " if plain.endswith('"') else ""
    first, *rest = textwrap.wrap(plain, 104) or [plain]
    if not rest:
        return [f'{indent}"""{first}"""']
    return [f'{indent}"""{first}', *(f"{indent}{line}" for line in rest), f'{indent}"""']


def imports_for(text: str) -> list[str]:
    """The import lines that a generated text needs."""
    text = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
    return [
        line
        for mark, line in IMPORTS.items()
        if re.search(rf"(?<!\w){re.escape(mark)}" + (r"(?!\w)" if mark[-1].isalpha() else ""), text)
    ]
