"""The view that a partner has of an event, from `reference/partner_events.json`.

Each event of the platform has a line there: told to everybody, told to the one organisation that a field names, or told
to nobody, and why. An event without a line does not get out, and a test asks for the line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from chassis.subscriptions import Delivery
from contracts.base import Event
from contracts.registry import EVENTS, PUBLISHER

EVERYBODY = "everybody"


class Told(BaseModel):
    """How partners are told of one kind of event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: str
    audience: str
    """`everybody`, or the field that names the one organisation which may know."""
    fields: tuple[str, ...]
    """What is shown of it. Never a person, nor a person's id."""
    resource: str | None = None
    """What the change feed calls the thing whose state it carries; none for news that is no state."""
    id: str = ""
    version: str | int = 0
    """Which of two states of the thing is later: `sequence` as counted by the publisher, a field, or a number."""
    removed_when: dict[str, tuple[str, ...]] = {}
    """By field, the values with which the thing is there no more for partners."""
    read_from: Annotated[str, Field(pattern="^/v1/")]
    """Where it is read in full."""


class PartnerEvents(BaseModel):
    """The whole table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    told: tuple[Told, ...]
    told_to_nobody: dict[str, str]


@cache
def partner_events() -> PartnerEvents:
    """The table, read once."""
    text = files("identity").joinpath("reference/partner_events.json").read_text(encoding="utf-8")
    return PartnerEvents.model_validate(json.loads(text))


@cache
def told_by_type() -> Mapping[str, Told]:
    """The lines by CloudEvents type."""
    by_subject = {told.event: told for told in partner_events().told}
    return {type_: by_subject[event.subject] for type_, event in EVENTS.items() if event.subject in by_subject}


@cache
def resources() -> tuple[str, ...]:
    """What the change feed carries."""
    return tuple(sorted({told.resource for told in partner_events().told if told.resource}))


@dataclass(frozen=True)
class Fact:
    """An event as partners see it."""

    event_id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    organisation_id: UUID | None
    """The only organisation that is told; None when everybody is."""
    data: dict[str, JsonValue]
    resource: str | None
    resource_id: str
    version: int
    is_removed: bool


def fact_of(event: Event, delivery: Delivery) -> Fact | None:
    """The event as partners see it; None when none of them does."""
    told = told_by_type().get(event.type())
    if told is None:
        return None
    values: dict[str, JsonValue] = event.model_dump(mode="json")
    organisation_id = None if told.audience == EVERYBODY else _organisation(values.get(told.audience))
    if told.audience != EVERYBODY and organisation_id is None:
        return None
    resource_id = str(values.get(told.id, ""))
    return Fact(
        event_id=delivery.event_id,
        type=event.type(),
        source=f"/services/{PUBLISHER[type(event)]}",
        subject=f"{told.resource}:{resource_id}" if told.resource else event.aggregate_id,
        time=delivery.occurred_at,
        organisation_id=organisation_id,
        data={name: values.get(name) for name in told.fields},
        resource=told.resource,
        resource_id=resource_id,
        version=_version(told, values, delivery),
        is_removed=any(_plain(values.get(name)) in among for name, among in told.removed_when.items()),
    )


def _organisation(value: JsonValue) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:  # a school's number, where a school receives the grant
        return None


def _version(told: Told, values: Mapping[str, JsonValue], delivery: Delivery) -> int:
    if told.version == "sequence":
        return delivery.sequence
    return told.version if isinstance(told.version, int) else int(str(values[told.version]))


def _plain(value: JsonValue) -> str:
    """A number without the zeros that decide nothing: `0.00` is `0`."""
    text = str(value)
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text
