"""A collection for Bruno: a request of every operation, in a folder for each area, with environments to send it to."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from ncce_cli.sdk.naming import Document
from ncce_cli.sdk.python_library import first_content

ENVIRONMENTS = {
    "local": ("http://127.0.0.1:8080", ("token", "key")),
    "sandbox": ("https://platform.example.org", ("key",)),
}
"""By name, the address and what is kept secret. The sandbox is at the platform's own address: a test key says where a
request goes."""
KINDS = {
    "": "none",
    "application/json": "json",
    "application/x-www-form-urlencoded": "formUrlEncoded",
    "multipart/form-data": "multipartForm",
}
FORMS = {"formUrlEncoded": "body:form-urlencoded", "multipartForm": "body:multipart-form"}
COLLECTION = {"version": "1", "name": "NCCE platform", "type": "collection", "ignore": []}


def collection(document: Document) -> dict[str, str]:
    """Every file of the collection by its path."""
    found = {"bruno.json": json.dumps(COLLECTION, indent=2) + "\n"}
    found |= {f"environments/{name}.bru": _environment(*values) for name, values in ENVIRONMENTS.items()}
    numbers: dict[str, int] = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            folder = slug(operation["tags"][0])
            numbers[folder] = numbers.get(folder, 0) + 1
            text = _request(method, path, operation, document, numbers[folder])
            found[f"{folder}/{operation['operationId']}.bru"] = text
    return found


def slug(text: str) -> str:
    """An area as the name of a folder."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _environment(base: str, secrets: Sequence[str]) -> str:
    secret = ",\n".join(f"  {name}" for name in secrets)
    return f"vars {{\n  base: {base}\n}}\nvars:secret [\n{secret}\n]\n"


def _request(method: str, path: str, operation: Document, document: Document, number: int) -> str:
    media_type, schema = first_content(operation.get("requestBody", {}))
    kind = KINDS.get(media_type, "text")
    own = re.sub(r"\{(\w+)\}", r":\1", path)
    asked = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
    needed = "&".join(f"{one['name']}=" for one in asked if one.get("required"))
    url = f"{{{{base}}}}{own}{'?' + needed if needed else ''}"
    parts = [
        _block("meta", {"name": operation["summary"].rstrip("."), "type": "http", "seq": str(number)}),
        _block(method, {"url": url, "body": kind, "auth": _auth(operation)}),
        *_blocks_of_parameters(operation, asked),
        *_credential(operation),
    ]
    if kind != "none":
        parts.append(_body(kind, operation, schema, document))
    if operation.get("description"):
        parts.append(_text("docs", operation["description"]))
    return "\n".join(parts)


def _blocks_of_parameters(operation: Document, asked: list[Document]) -> Iterator[str]:
    if asked:
        yield _block("params:query", {f"{'' if one.get('required') else '~'}{one['name']}": "" for one in asked})
    names = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"]
    if names:
        yield _block("params:path", dict.fromkeys(names, ""))
    headers = {
        f"{'' if one.get('required') or one['name'] == 'Idempotency-Key' else '~'}{one['name']}": _value(one["name"])
        for one in operation.get("parameters", ())
        if one["in"] == "header"
    }
    if headers:
        yield _block("headers", headers)


def _value(name: str) -> str:
    return {"Idempotency-Key": "{{$guid}}"}.get(name, "")


def _auth(operation: Document) -> str:
    names = {name for one in operation["security"] for name in one}
    return "apikey" if "apiKey" in names else "bearer" if "accessToken" in names else "none"


def _credential(operation: Document) -> Iterator[str]:
    """A key where keys are taken, since those are what partners have; else a person's token."""
    kind = _auth(operation)
    if kind == "apikey":
        yield _block("auth:apikey", {"key": "X-API-Key", "value": "{{key}}", "placement": "header"})
    elif kind == "bearer":
        yield _block("auth:bearer", {"token": "{{token}}"})


def _body(kind: str, operation: Document, schema: Document, document: Document) -> str:
    if kind == "json":
        return _text("body:json", json.dumps(example_of(operation, schema, document), indent=2, ensure_ascii=False))
    if kind in FORMS:
        fields = _referred(schema, document).get("properties", {})
        return _block(FORMS[kind], {name: str(one.get("const", "")) for name, one in fields.items()})
    return _text("body:text", "")


def example_of(operation: Document, schema: Document, document: Document) -> object:
    """What the description gives as an example of this body."""
    [content] = list(operation["requestBody"]["content"].values())[:1]
    for one in (content, schema, _referred(schema, document)):
        if one.get("examples"):
            found = one["examples"]
            return found[0] if isinstance(found, list) else next(iter(found.values()))["value"]
    return {}


def _referred(schema: Document, document: Document) -> Document:
    found = schema
    while "$ref" in found:
        found = document["components"]["schemas"][found["$ref"].rpartition("/")[2]]
    options = found.get("anyOf") or found.get("oneOf") or ()
    return _referred(options[0], document) if options and "examples" not in found else found


def _block(name: str, pairs: Mapping[str, str]) -> str:
    lines = [f"  {key}: {value}".rstrip() for key, value in pairs.items()]
    return "\n".join([f"{name} {{", *lines, "}", ""])


def _text(name: str, content: str) -> str:
    lines = [f"  {line}".rstrip() for line in content.strip().splitlines()]
    return "\n".join([f"{name} {{", *lines, "}", ""])
