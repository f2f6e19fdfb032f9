"""Every event there is, by publisher: streams, schema snapshots and documentation are made from this table."""

from types import ModuleType

from contracts import certification, funding, hubs, identity, messages, networks
from contracts.base import Event
from contracts.base import stream_of as stream_of


def _events_of(*modules: ModuleType) -> tuple[type[Event], ...]:
    values = ((module, value) for module in modules for value in vars(module).values())
    found = ((module, value) for module, value in values if isinstance(value, type) and issubclass(value, Event))
    concrete = (event for module, event in found if event.__module__ == module.__name__ and hasattr(event, "subject"))
    return tuple(sorted(concrete, key=lambda event: (event.subject, event.version)))


PUBLISHED: dict[str, tuple[type[Event], ...]] = {
    "identity": _events_of(identity),
    "hubs": _events_of(hubs, messages, networks),
    "certification": _events_of(certification),
    "funding": _events_of(funding),
}
"""Events by the service that publishes them."""

EVENTS: dict[str, type[Event]] = {event.type(): event for events in PUBLISHED.values() for event in events}
"""Events by CloudEvents type."""

PUBLISHER: dict[type[Event], str] = {event: service for service, events in PUBLISHED.items() for event in events}
"""The publishing service of each event."""
