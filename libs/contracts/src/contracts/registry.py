"""Every event there is, by publisher: streams, schema snapshots and documentation are made from this table."""

from types import ModuleType

from contracts import certification, funding, hubs, identity
from contracts.base import Event


def _events_of(module: ModuleType) -> tuple[type[Event], ...]:
    found = (value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Event))
    concrete = (event for event in found if event.__module__ == module.__name__ and hasattr(event, "subject"))
    return tuple(sorted(concrete, key=lambda event: (event.subject, event.version)))


PUBLISHED: dict[str, tuple[type[Event], ...]] = {
    "identity": _events_of(identity),
    "hubs": _events_of(hubs),
    "certification": _events_of(certification),
    "funding": _events_of(funding),
}
"""Events by the service that publishes them."""

EVENTS: dict[str, type[Event]] = {event.type(): event for events in PUBLISHED.values() for event in events}
"""Events by CloudEvents type."""

PUBLISHER: dict[type[Event], str] = {event: service for service, events in PUBLISHED.items() for event in events}
"""The publishing service of each event."""


def stream_of(service: str) -> str:
    """The broker's stream of what a service publishes."""
    return service.upper()
