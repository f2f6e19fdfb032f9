"""Types for TypeScript: every schema, and every operation with what it takes and answers."""

import json
import re

from ncce_cli.sdk.naming import Document
from ncce_cli.sdk.python_library import first_content

HEADER = """\
// The NCCE platform's API. Written by `./ncce sdk` from the released description; do not edit.
// `Operations["place_booking"]["body"]` is what an operation takes, `["answer"]` what it answers.
"""


def declarations(document: Document) -> str:
    """The whole file."""
    parts = [HEADER]
    for name, schema in sorted(document["components"]["schemas"].items()):
        comment = f"/** {_plain(schema['description'])} */\n" if "description" in schema else ""
        parts.append(f"{comment}export type {_name(name)} = {_type(schema)};\n")
    parts.append("export interface Operations {")
    for path, item in sorted(document["paths"].items()):
        for method, operation in sorted(item.items()):
            parts.append(_operation(method.upper(), path, operation))
    return "\n".join([*parts, "}", ""])


def _operation(method: str, path: str, operation: Document) -> str:
    places: dict[str, list[str]] = {"path": [], "query": [], "header": []}
    for one in operation.get("parameters", ()):
        mark = "" if one.get("required") else "?"
        places[one["in"]].append(f"{json.dumps(one['name'])}{mark}: {_type(one['schema'])}")
    media_type, body = first_content(operation.get("requestBody", {}))
    answers = []
    for status, answer in operation["responses"].items():
        if status < "400":
            kind, schema = first_content(answer)
            answers.append("void" if not kind else _type(schema) if kind == "application/json" else "Blob")
    lines = [f"  /** {_plain(operation['summary'])} */", f"  {operation['operationId']}: {{"]
    lines += [f"    method: {json.dumps(method)};", f"    url: {json.dumps(path)};"]
    lines += [f"    {place}: {{ {'; '.join(found)} }};" for place, found in places.items() if found]
    if media_type:
        lines.append(f"    body: {_type(body) if media_type == 'application/json' else 'BodyInit'};")
    return "\n".join([*lines, f"    answer: {' | '.join(dict.fromkeys(answers)) or 'void'};", "  };"])


def _type(schema: Document) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"].rpartition("/")[2])
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(option) for option in options))
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return f"Array<{_type(schema.get('items', {}))}>"
    if kind == "object" or "properties" in schema:
        return _object(schema)
    return {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}.get(
        str(kind), "unknown"
    )


def _object(schema: Document) -> str:
    if "properties" not in schema:
        inner = schema.get("additionalProperties")
        return f"Record<string, {_type(inner) if isinstance(inner, dict) else 'unknown'}>"
    required = schema.get("required", ())
    fields = [
        f"{json.dumps(name)}{'' if name in required else '?'}: {_type(inner)}"
        for name, inner in schema["properties"].items()
    ]
    return "{ " + "; ".join(fields) + " }"


def _name(schema: str) -> str:
    return re.sub(r"\W|_(?=$)", "", re.sub(r"[^A-Za-z0-9]+(\w)", lambda found: found[1].upper(), schema))


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("*/", "* /")
