"""Snapshots of the events' JSON Schemas, and the check that a version only ever gains optional fields.

A consumer of the release before must be able to read what this release publishes. So everything a snapshot says must
still be said: whatever else is meant to change is a new version of the event beside the old one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.base import Event
from contracts.registry import EVENTS

Schema = Mapping[str, Any]
Definitions = Mapping[str, Schema]

WORDS = frozenset({"title", "description", "default", "examples"})
"""What a schema says to people; it may change."""


def schema_of(event: type[Event]) -> Schema:
    """The schema of an event's data as it goes over the wire."""
    return event.model_json_schema(mode="serialization")


def file_of(event: type[Event]) -> str:
    """The snapshot's file name, such as `cpd.completed.v1.json`."""
    return f"{event.subject}.v{event.version}.json"


def write(folder: Path) -> list[Path]:
    """Write the snapshot of every event; the files written."""
    written = []
    for event in EVENTS.values():
        path = folder / file_of(event)
        path.write_text(json.dumps(schema_of(event), indent=2, sort_keys=True) + "\n")
        written.append(path)
    return written


def compare(old: Schema, new: Schema) -> list[str]:
    """What a consumer of the old schema would stumble over in the new one; empty when it may be released."""
    return list(_breaks(old, new, _definitions(old), _definitions(new), ""))


def _definitions(schema: Schema) -> Definitions:
    found: Definitions = schema.get("$defs", {})
    return found


def _resolved(schema: Schema, definitions: Definitions) -> Schema:
    reference = schema.get("$ref")
    return definitions[reference.rsplit("/", 1)[1]] if reference else schema


def _breaks(old: Schema, new: Schema, before: Definitions, after: Definitions, path: str) -> Iterator[str]:
    old, new = _resolved(old, before), _resolved(new, after)
    yield from _changed_fields(old, new, before, after, path)
    yield from _changed_values(old, new, path)
    for keyword in ("items", "additionalProperties"):
        if isinstance(old.get(keyword), Mapping) and isinstance(new.get(keyword), Mapping):
            yield from _breaks(old[keyword], new[keyword], before, after, f"{path}/*")
    alternatives, now = old.get("anyOf", []), new.get("anyOf", [])
    if len(alternatives) != len(now):
        yield f"{path or '/'}: changed alternatives"
    for one, other in zip(alternatives, now, strict=False):
        yield from _breaks(one, other, before, after, path)


def _changed_fields(old: Schema, new: Schema, before: Definitions, after: Definitions, path: str) -> Iterator[str]:
    fields, now = old.get("properties", {}), new.get("properties", {})
    required, required_now = set(old.get("required", ())), set(new.get("required", ()))
    for name in fields.keys() - now.keys():
        yield f"{path}/{name}: removed"
    for name in sorted(required_now - required):
        yield f"{path}/{name}: newly required"
    for name in sorted((required - required_now) & now.keys()):
        yield f"{path}/{name}: no longer always there"
    for name in sorted(fields.keys() & now.keys()):
        yield from _breaks(fields[name], now[name], before, after, f"{path}/{name}")


def _changed_values(old: Schema, new: Schema, path: str) -> Iterator[str]:
    values, now = _values(old), _values(new)
    if values != now:
        yield f"{path or '/'}: {'narrowed' if now < values else 'changed'} values"
    ignored = WORDS | {"properties", "required", "items", "additionalProperties", "anyOf", "enum", "const", "$defs"}
    for keyword in sorted((old.keys() | new.keys()) - ignored):
        if old.get(keyword) != new.get(keyword):
            yield f"{path or '/'}: changed {keyword}"


def _values(schema: Schema) -> frozenset[object]:
    only = [schema["const"]] if "const" in schema else []
    values: Iterable[object] = schema.get("enum", only)
    return frozenset(values)
