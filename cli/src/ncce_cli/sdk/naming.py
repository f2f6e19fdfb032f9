"""Objects within objects get a name, so that each can be a class of its own."""

from copy import deepcopy
from typing import Any

Document = dict[str, Any]


def with_named_objects(document: Document) -> Document:
    """The document with every inner object as a schema by itself: by its title, or by where it stands."""
    document = deepcopy(document)
    schemas: Document = document["components"]["schemas"]
    for name in list(schemas):
        for field, inner in schemas[name].get("properties", {}).items():
            schemas[name]["properties"][field] = _named(schemas, name, field, inner)
    return document


def _named(schemas: Document, owner: str, field: str, schema: object) -> object:
    if isinstance(schema, list):
        return [_named(schemas, owner, field, one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _named(schemas, owner, field, value) for key, value in schema.items() if key != "properties"}
    if "properties" not in schema:
        return found
    name = str(schema.get("title") or f"{owner}_{field}")
    name = name if name not in schemas else f"{owner}_{field}"
    schemas[name] = found
    fields = {key: _named(schemas, name, key, value) for key, value in schema["properties"].items()}
    schemas[name] = found | {"properties": fields}
    return {"$ref": f"#/components/schemas/{name}"}
