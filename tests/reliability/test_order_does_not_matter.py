"""Each service ends in the same state whatever the order of its events, and however often each one comes.

Order holds only within one aggregate of one publisher, and not even there once an event has been tried again.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from builders import a_teacher
from certification.app import SERVICE as CERTIFICATION
from certification_facts import completed, joined, moved, registered
from chassis.ids import new_id
from chassis.service import Service
from chassis.tables import outbox
from conftest import StartService
from contracts.base import Event
from contracts.hubs import BookingCancelled, CpdCompleted, HubChanged
from funding.app import SERVICE as FUNDING
from funding_facts import booking_placed, school_changed
from harness import ServiceHarness
from hubs.app import SERVICE as HUBS
from sample_service.app import SERVICE as SAMPLE

DECIDED_THEN = {"fee", "fee_decision", "review_task", "review_wait", "seal_entry"}
"""What is due was decided by what was known when the booking was heard of, and stays: tests/funding/test_fees.py. So do
the tasks to find out what was not known then, and the log of every write."""

History = list[tuple[Event, int, UUID]]
"""An event, its number within its aggregate, its id."""


def numbered(*events: Event) -> History:
    """A history as its publishers tell it."""
    seen: Counter[str] = Counter()
    history: History = []
    for event in events:
        seen[event.aggregate_id] += 1
        history.append((event, seen[event.aggregate_id], new_id()))
    return history


def of_certification() -> History:
    """Two teachers register, join a hub and complete courses, one of them reported twice."""
    ada, grace = new_id(), new_id()
    return numbered(
        registered(ada),
        joined(ada),
        completed(ada, "6"),
        completed(ada, "4", "CP456"),
        completed(ada, "6"),
        completed(grace, "12", "CO231"),
        registered(grace, "secondary"),
        completed(grace, "9", "CP238"),
        moved(ada, "900002"),
        joined(grace),
        moved(ada, "900003"),
    )


def of_funding() -> History:
    """A school changes; one booking is kept and completed, another is cancelled."""
    ada, grace = a_teacher(), a_teacher()
    kept, given_up = booking_placed(ada), booking_placed(grace)
    done = CpdCompleted(
        completion_id=new_id(),
        teacher_id=kept.teacher_id,
        activity_code=kept.course_code,
        hours=Decimal(12),
        mode="face_to_face",
        completed_on=date(2026, 12, 2),
        booking_id=kept.booking_id,
    )
    cancelled = BookingCancelled(
        booking_id=given_up.booking_id,
        teacher_id=given_up.teacher_id,
        course_run_id=given_up.course_run_id,
        cancelled_at=datetime(2026, 11, 25, tzinfo=UTC),
    )
    schools = [school_changed(is_open=True), school_changed(name="Renamed"), school_changed(is_open=False)]
    return numbered(schools[0], kept, given_up, schools[1], cancelled, done, schools[2])


def of_hubs() -> History:
    """Teachers register, one of them again at another school."""
    ada = new_id()
    return numbered(registered(ada), registered(new_id()), moved(ada, "900002"), moved(ada, "900003"))


def of_the_sample() -> History:
    """A hub is renamed twice while teachers join."""
    names = [HubChanged(hub_id=UUID(int=1), slug="h", name=name, region="R", is_open=True) for name in "abc"]
    ada = new_id()
    return numbered(names[0], joined(ada), names[1], joined(ada), joined(new_id()), names[2])


HISTORIES: list[tuple[Service, Callable[[], History]]] = [
    (CERTIFICATION, of_certification),
    (FUNDING, of_funding),
    (HUBS, of_hubs),
    (SAMPLE, of_the_sample),
]


async def after(start_service: StartService, service: Service, told: Sequence[tuple[Event, int, UUID]]) -> Any:
    """The state of a fresh service that has been told all this."""
    # Of one copy, so that what seeds make by chance and by the clock is the same.
    harness = await start_service(service, seeded=service in (CERTIFICATION, FUNDING))
    for event, sequence, event_id in told:
        await harness.deliver(event, sequence=sequence, event_id=event_id)
    return await state(harness, {str(event_id) for _, _, event_id in told} | values_in(told))


def values_in(told: Sequence[tuple[Event, int, UUID]]) -> set[str]:
    """Every value that an event holds: what a service made of its own accord is not among them."""
    return {str(value) for event, _, _ in told for value in dict(event).values()}


async def state(harness: ServiceHarness, known: set[str]) -> dict[str, Counter[str]]:
    """All rows of a service, and what it published, without identifiers and instants of its own making."""

    def plain(value: Any) -> Any:
        own = isinstance(value, UUID | datetime) and str(value) not in known
        return type(value).__name__ if own else value

    found: dict[str, Counter[str]] = {}
    async with harness.session() as session:
        for table in (one for one in harness.service.metadata.sorted_tables if one.name not in DECIDED_THEN):
            rows = (await session.execute(select(table))).all()
            found[table.name] = Counter(str([plain(value) for value in row]) for row in rows)
        published = (await session.execute(select(outbox.c.type, outbox.c.aggregate))).all()
    # A service that seeds tells of its seeds; what it tells of aggregates it made itself has names of its own.
    found["published"] = Counter(row.type for row in published)
    return found


@pytest.mark.parametrize(("service", "history"), HISTORIES, ids=lambda one: getattr(one, "title", ""))
async def test_a_history_told_twice_and_shuffled_has_the_same_end(
    start_service: StartService, service: Service, history: Callable[[], History]
) -> None:
    told = history()
    in_order = await after(start_service, service, told)
    assert sum(sum(rows.values()) for rows in in_order.values()) > 0
    for seed in range(4):
        shuffled = [*told, *told]
        random.Random(seed).shuffle(shuffled)
        assert await after(start_service, service, shuffled) == in_order, f"seed {seed}"
