"""Rules that hold for every event there is, and for the envelope it travels in."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from contracts.base import AnyEnvelope, Envelope, Event
from contracts.hubs import HubJoined
from contracts.registry import EVENTS, PUBLISHED, PUBLISHER, stream_of

EVERY = pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.type())

PERSONAL = re.compile(r"(email|given_name|family_name|surname|forename|phone|address|birth|gender|ethnic|nino|trn)")


def test_a_type_belongs_to_one_event_and_a_subject_to_one_publisher() -> None:
    types = Counter(event.type() for events in PUBLISHED.values() for event in events)
    assert set(types.values()) == {1}
    publishers = {(event.subject, service) for event, service in PUBLISHER.items()}
    assert len({subject for subject, _ in publishers}) == len(publishers)


def test_streams_are_told_apart() -> None:
    assert len({stream_of(service) for service in PUBLISHED}) == len(PUBLISHED)


@EVERY
def test_an_event_is_a_past_tense_fact_named_after_its_subject(event: type[Event]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.([a-z]+_)?[a-z]+d(_back)?", event.subject)
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()
    assert event.subject.replace(".", "_") == words
    assert event.__doc__


@EVERY
def test_an_event_is_about_something_it_identifies(event: type[Event]) -> None:
    assert event.key in event.model_fields
    assert event.model_fields[event.key].is_required()
    assert re.fullmatch(r"[a-z_]+", event.aggregate)


def fields_of(model: type[BaseModel]) -> set[str]:
    """Names of all fields, nested ones too."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= fields_of(inner)
    return found


@EVERY
def test_an_event_holds_no_personal_data(event: type[Event]) -> None:
    suspicious = {name for name in fields_of(event) if PERSONAL.search(name)}
    assert suspicious == set()


@EVERY
def test_money_and_time_say_their_units(event: type[Event]) -> None:
    for name, field in event.model_fields.items():
        if field.annotation is datetime:
            assert name.endswith("_at")
        if field.annotation is date:
            assert name.endswith("_on")
        if "amount" in name or "pence" in name:
            assert name.endswith("_pence")
            assert field.annotation in (int, int | None)
        assert field.annotation is not float, f"{name} cannot be exact"


def a_value(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if annotation in (Decimal, Decimal | None):
        known = st.decimals(0, 1000, places=2)
        return known if annotation is Decimal else st.none() | known
    if annotation is datetime:
        return st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  made aware by the strategy
    return st.from_type(annotation)


@st.composite
def an_event(draw: st.DrawFn) -> Event:
    """Any event with any content."""
    event = draw(st.sampled_from(list(PUBLISHER)))
    return event(**{name: draw(a_value(field.annotation)) for name, field in event.model_fields.items()})


@given(an_event(), st.uuids(), st.integers(1, 2**53))
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text drawn on a machine waits for Unicode's tables
def test_an_envelope_comes_out_as_it_went_in(event: Event, event_id: UUID, sequence: int) -> None:
    sent = AnyEnvelope(
        id=event_id,
        source=f"/services/{PUBLISHER[type(event)]}",
        type=event.type(),
        subject=event.aggregate_id,
        sequence=sequence,
        time=datetime(2026, 11, 22, tzinfo=UTC),
        data=event.model_dump(mode="json"),
    )
    read: Envelope[Any] = Envelope[type(event)].model_validate_json(sent.model_dump_json())  # type: ignore[misc]  # by table
    assert read.data == event
    assert read.model_copy(update={"data": sent.data}) == sent


def test_a_field_of_a_later_release_is_passed_over() -> None:
    told = {"teacher_id": str(UUID(int=1)), "hub_id": str(UUID(int=2)), "joined_at": "2026-11-22T09:00:00Z", "new": 1}
    assert HubJoined.model_validate(told).hub_id == UUID(int=2)


def test_sequences_start_at_one() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        AnyEnvelope(id=UUID(int=1), source="/", type="t", subject="s", sequence=0, time=datetime.now(UTC), data={})
