"""What funding hears may come twice and in any order: the final state is the same."""

import random
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from builders import a_teacher
from chassis import clock, subscriptions
from chassis.ids import new_id
from contracts.base import Event
from contracts.hubs import SchoolChanged
from funding.app import SERVICE
from funding_facts import Steps, booking_cancelled, booking_placed, cpd_completed, enveloped, school_changed
from harness import ServiceHarness

READ_MODELS = ("school", "booking", "completion")
IN_WHICH_ORDER = ("changed_at",)


async def contents(funding: ServiceHarness) -> dict[str, list[dict[str, object]]]:
    """The read models, but for the moment at which an event happened to be delivered."""
    found: dict[str, list[dict[str, object]]] = {}
    async with funding.session() as session:
        for table in READ_MODELS:
            rows = (await session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))).mappings()
            found[table] = [{name: one for name, one in row.items() if name not in IN_WHICH_ORDER} for row in rows]
    return found


def a_history() -> list[tuple[Event, int, UUID]]:
    """Two schools with changing facts, six bookings, some cancelled, some completed, one reported twice."""
    history: list[tuple[Event, int]] = []
    for urn in ("900001", "900002"):
        history += [
            (school_changed(urn), 1),
            (school_changed(urn, is_open=False), 2),
            (school_changed(urn, district_code=None, as_of_on=date(2026, 10, 1)), 3),
        ]
    for number in range(6):
        booking = booking_placed(a_teacher(f"90000{number % 2 + 1}"))
        history.append((booking, 1))
        if number % 2:
            history.append((booking_cancelled(booking), 2))
        if number % 3:
            history += [(cpd_completed(booking), 1), (cpd_completed(booking), 2)]
    return [(event, sequence, new_id()) for event, sequence in history]


@pytest.mark.parametrize("seed", range(4))
async def test_shuffled_and_doubled_events_leave_the_same_read_models(
    funding: ServiceHarness, start_service: object, seed: int
) -> None:
    history = a_history()
    for event, sequence, event_id in history:
        await funding.deliver(event, sequence=sequence, event_id=event_id)
    expected = await contents(funding)
    other = await start_service(SERVICE, seeded=True)  # type: ignore[operator]
    shuffled = history * 2
    random.Random(seed).shuffle(shuffled)
    for event, sequence, event_id in shuffled:
        await other.deliver(event, sequence=sequence, event_id=event_id)
    assert await contents(other) == expected


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_comes_first_an_approved_and_completed_bursary_is_claimable(steps: Steps, seed: int) -> None:
    """The facts, the booking, the application, the approval and the completion, in every order that can happen."""
    teacher = a_teacher()
    booking = booking_placed(teacher)
    pending: list[Event] = [school_changed(), cpd_completed(booking)]
    dice = random.Random(seed)
    dice.shuffle(pending)
    early = dice.randrange(3)
    for event in pending[:early]:
        await steps.funding.deliver(event, times=2)
    await steps.funding.deliver(booking)
    bursary = await steps.apply(teacher, booking)
    approved_early = (await steps.approve(bursary)).status_code == 200
    for event in pending[early:]:
        await steps.funding.deliver(event, times=2)
    if not approved_early:
        assert (await steps.approve(bursary)).status_code == 200
    assert (await steps.bursary(bursary))["status"] == "claimable"


@pytest.mark.parametrize("completed_first", [True, False])
@pytest.mark.parametrize("approved", [True, False])
async def test_a_cancelled_booking_has_no_bursary_whether_the_completion_comes_before_or_after(
    steps: Steps, completed_first: bool, approved: bool
) -> None:
    _, booking, bursary = await steps.an_eligible_bursary()
    if approved:
        await steps.approve(bursary)
    events: list[Event] = [cpd_completed(booking), booking_cancelled(booking)]
    for event in events if completed_first else reversed(events):
        await steps.funding.deliver(event)
    assert (await steps.bursary(bursary))["status"] == "cancelled"
    balances = await steps.balances()
    assert (balances["available"], balances["reserved"]) == (10_000_000, 0)


async def test_a_cancellation_that_arrives_before_its_booking_is_not_forgotten(steps: Steps) -> None:
    teacher = a_teacher()
    booking = booking_placed(teacher)
    await steps.funding.deliver(school_changed())
    await steps.funding.deliver(booking_cancelled(booking))
    body = {"booking_id": str(booking.booking_id)}
    assert (await steps.post(teacher, "/v1/bursaries", body)).status_code == 404
    await steps.funding.deliver(booking)
    refused = await steps.post(teacher, "/v1/bursaries", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "booking-cancelled")


async def test_a_completion_of_something_that_was_not_booked_is_no_matter(
    steps: Steps, funding: ServiceHarness
) -> None:
    online = cpd_completed(booking_placed(a_teacher())).model_copy(update={"booking_id": None, "mode": "online"})
    await funding.deliver(online)
    assert (await contents(funding))["completion"] == []


async def test_a_register_that_comes_at_once_is_decided_by_as_if_it_came_school_by_school(
    steps: Steps, funding: ServiceHarness
) -> None:
    teacher, booking = await steps.a_booking("900001")
    bursary = await steps.apply(teacher, booking)
    register = [(school_changed(str(urn)), 1) for urn in range(900_002, 900_202)]
    news = [(school_changed("900001", establishment_type=24), 1), (school_changed("900001"), 2)]
    again = [(school_changed("900002", is_open=False), 3), (school_changed("900002"), 2)]
    await deliver_at_once(funding, [*register[:100], *news, *register[100:], *again])
    async with funding.session() as session:
        causes = "SELECT cause FROM bursary_decision WHERE bursary_id = :bursary ORDER BY ordinal"
        assert list(await session.scalars(text(causes), {"bursary": UUID(bursary["id"])}))[1:] == [
            "school:900001/1", "school:900001/2"
        ]  # fmt: skip
        known = await session.execute(text("SELECT count(*), count(*) FILTER (WHERE is_open) FROM school"))
        assert known.one() == (201, 200)
    assert (await steps.bursary(bursary))["status"] == "eligible"


async def deliver_at_once(funding: ServiceHarness, told: list[tuple[SchoolChanged, int]]) -> None:
    """Hand events over in one transaction, as a consumer does with what waits."""
    [subscription] = [one for one in SERVICE.subscriptions.table if one.event is SchoolChanged]
    envelopes = [enveloped(event, sequence, clock.now()) for event, sequence in told]
    async with funding.session() as session:
        assert await subscriptions.handle(session, subscription, envelopes) == len(told)
