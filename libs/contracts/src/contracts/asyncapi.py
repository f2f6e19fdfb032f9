"""The events as an AsyncAPI 3.0 document, made from the same classes that services publish and read."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from contracts.base import Envelope, Event
from contracts.registry import PUBLISHED, PUBLISHER, stream_of

Heard = Mapping[str, Iterable[tuple[str, type[Event]]]]
"""By service: the durable of each handler and the event it hears."""


def document(heard: Heard, version: str = "1.0.0") -> dict[str, Any]:
    """Channels, messages, and who sends and receives them; `x-jetstream` names streams and durables."""
    envelopes: dict[type[Event], type[BaseModel]] = {
        event: Envelope[event]  # type: ignore[valid-type]  # made from a table, not written down
        for event in PUBLISHER
    }
    by_model, definitions = models_json_schema(
        [(envelope, "serialization") for envelope in envelopes.values()], ref_template="#/components/schemas/{model}"
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "NCCE platform events",
            "version": version,
            "description": "CloudEvents 1.0, structured mode, over NATS JetStream; delivered at least once.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {event.subject: _channel(event, heard) for event in PUBLISHER},
        "operations": {**_sends(), **_receives(heard)},
        "components": {
            "messages": {
                _name(event): _message(event, by_model[envelope, "serialization"])
                for event, envelope in envelopes.items()
            },
            "schemas": definitions.get("$defs", {}),
        },
    }


def _name(event: type[Event]) -> str:
    return f"{event.__name__}V{event.version}"


def _channel(event: type[Event], heard: Heard) -> dict[str, object]:
    durables = sorted(durable for pairs in heard.values() for durable, what in pairs if what.subject == event.subject)
    versions = [one for one in PUBLISHER if one.subject == event.subject]
    return {
        "address": event.subject,
        "messages": {_name(one): {"$ref": f"#/components/messages/{_name(one)}"} for one in versions},
        "x-jetstream": {"stream": stream_of(PUBLISHER[event]), "durables": durables},
    }


def _message(event: type[Event], payload: dict[str, object]) -> dict[str, object]:
    return {
        "name": event.type(),
        "title": event.__name__,
        "summary": (event.__doc__ or "").strip(),
        "payload": payload,
        "x-aggregate": {"kind": event.aggregate, "key": event.key},
    }


def _operation(action: str, event: type[Event], **more: object) -> dict[str, object]:
    channel = f"#/channels/{event.subject}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{_name(event)}"}],
        **more,
    }


def _sends() -> dict[str, object]:
    return {
        f"{service}-publishes-{_name(event)}": _operation("send", event, tags=[{"name": service}])
        for service, events in PUBLISHED.items()
        for event in events
    }


def _receives(heard: Heard) -> dict[str, object]:
    return {
        durable: _operation("receive", event, tags=[{"name": service}], **{"x-jetstream": {"durable": durable}})
        for service, pairs in heard.items()
        for durable, event in pairs
    }
