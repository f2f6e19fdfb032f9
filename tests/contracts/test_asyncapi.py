"""The AsyncAPI document says what the code does, and every reference in it leads somewhere."""

import json
from collections.abc import Iterator
from typing import Any

from contracts.asyncapi import Heard, document
from contracts.hubs import CpdCompleted, SchoolChanged
from contracts.registry import PUBLISHED, PUBLISHER

HEARD: Heard = {
    "funding": [("funding-make-claimable", CpdCompleted), ("funding-keep-school", SchoolChanged)],
    "certification": [("certification-record-credits", CpdCompleted)],
}
DOCUMENT = document(HEARD)


def references(node: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_reference_leads_somewhere() -> None:
    found = set(references(DOCUMENT))
    assert found
    for reference in found:
        node: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
        assert isinstance(node, dict)


def test_every_event_has_a_channel_and_a_sender() -> None:
    assert set(DOCUMENT["channels"]) == {event.subject for event in PUBLISHER}
    senders = [name for name, operation in DOCUMENT["operations"].items() if operation["action"] == "send"]
    assert len(senders) == sum(len(events) for events in PUBLISHED.values())


def test_a_channel_names_its_stream_and_durables() -> None:
    assert DOCUMENT["channels"]["cpd.completed"]["x-jetstream"] == {
        "stream": "HUBS",
        "durables": ["certification-record-credits", "funding-make-claimable"],
    }
    assert DOCUMENT["operations"]["funding-keep-school"]["channel"] == {"$ref": "#/channels/school.changed"}


def test_a_payload_is_the_envelope_with_the_event_in_it() -> None:
    message = DOCUMENT["components"]["messages"]["CpdCompletedV1"]
    assert message["name"] == "uk.ncce.cpd.completed.v1"
    envelope = DOCUMENT["components"]["schemas"][message["payload"]["$ref"].rsplit("/", 1)[1]]
    assert {"id", "type", "subject", "sequence", "time", "data"} <= set(envelope["properties"])
    assert envelope["properties"]["data"] == {"$ref": "#/components/schemas/CpdCompleted"}


def test_the_document_is_json() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT
    assert DOCUMENT["asyncapi"] == "3.0.0"
