"""What has been published once can be read for ever: the snapshots hold, and the check finds every kind of break."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts import schemas
from contracts.base import Event
from contracts.registry import EVENTS

SNAPSHOTS = Path(__file__).parent / "schemas"
REFRESH = "run: python -c 'from pathlib import Path; from contracts.schemas import write; write(Path(\"%s\"))'"


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.type())
def test_an_event_is_what_its_snapshot_says_or_more(event: type[Event]) -> None:
    path = SNAPSHOTS / schemas.file_of(event)
    assert path.exists(), REFRESH % SNAPSHOTS
    old, new = json.loads(path.read_text()), schemas.schema_of(event)
    assert schemas.compare(old, new) == []
    assert old == new, f"gained something: {REFRESH % SNAPSHOTS}"


def test_no_event_has_been_taken_away() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == {schemas.file_of(event) for event in EVENTS.values()}


def test_snapshots_are_written_as_they_are_kept(tmp_path: Path) -> None:
    written = schemas.write(tmp_path)
    assert {path.name: path.read_text() for path in written} == {
        path.name: path.read_text() for path in SNAPSHOTS.iterdir()
    }


OLD: dict[str, Any] = {
    "type": "object",
    "title": "Thing",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "state": {"const": "live", "type": "string"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
    },
    "required": ["id", "kind", "state", "parts"],
    "$defs": {"Part": {"type": "object", "properties": {"size": {"type": "integer"}}, "required": ["size"]}},
}


def changed(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What the check says of a changed schema."""
    new = copy.deepcopy(OLD)
    change(new)
    return schemas.compare(OLD, new)


def part(schema: dict[str, Any]) -> dict[str, Any]:
    """The nested object's schema."""
    found: dict[str, Any] = schema["$defs"]["Part"]
    return found


BREAKS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a field removed": (lambda new: new["properties"].pop("note"), "/note: removed"),
    "a field renamed": (
        lambda new: new["properties"].__setitem__("remark", new["properties"].pop("note")),
        "/note: removed",
    ),
    "a type changed": (lambda new: new["properties"]["id"].update(type="integer"), "/id: changed type"),
    "a format changed": (lambda new: new["properties"]["id"].pop("format"), "/id: changed format"),
    "a format added": (lambda new: new["properties"]["kind"].update(format="date"), "/kind: changed format"),
    "a limit added": (lambda new: new["properties"]["id"].update(maxLength=3), "/id: changed maxLength"),
    "a field newly required": (lambda new: new["required"].append("note"), "/note: newly required"),
    "a new field required": (
        lambda new: (new["properties"].update(extra={"type": "string"}), new["required"].append("extra")),
        "/extra: newly required",
    ),
    "a field no longer always there": (lambda new: new["required"].remove("id"), "/id: no longer always there"),
    "an enum narrowed": (lambda new: new["properties"]["kind"].update(enum=["a"]), "/kind: narrowed values"),
    "an enum widened": (lambda new: new["properties"]["kind"]["enum"].append("c"), "/kind: changed values"),
    "a constant changed": (lambda new: new["properties"]["state"].update(const="dead"), "/state: changed values"),
    "null no longer allowed": (lambda new: new["properties"]["note"]["anyOf"].pop(), "/note: changed alternatives"),
    "an alternative changed": (
        lambda new: new["properties"]["note"]["anyOf"][0].update(type="integer"),
        "/note: changed type",
    ),
    "a nested field removed": (
        lambda new: (part(new)["properties"].clear(), part(new)["required"].clear()),
        "/parts/*/size: removed",
    ),
    "a nested type changed": (
        lambda new: part(new)["properties"]["size"].update(type="string"),
        "/parts/*/size: changed type",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_check_finds(name: str) -> None:
    change, expected = BREAKS[name]
    assert changed(change) == [expected]


def test_an_optional_field_and_better_words_are_no_break() -> None:
    def improve(new: dict[str, Any]) -> None:
        new["properties"]["extra"] = {"type": "string"}
        new["properties"]["id"]["description"] = "What it is known by"
        new["title"] = "A thing"
        part(new)["properties"]["colour"] = {"type": "string"}

    assert changed(improve) == []
