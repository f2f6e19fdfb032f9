"""What is due for a booking: the price of its day, or what a quote promised, and nothing once it is given up."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from builders import a_teacher, partner, staff
from chassis import clock
from chassis.ids import new_id
from funding.fees.models import Fee, FeeDecision
from funding.fees.pricing import replay
from funding_facts import (
    JSON,
    LEEDS,
    LUTON,
    Steps,
    booked,
    booking_cancelled,
    booking_placed,
    categories,
    placed_at,
    placed_together,
    run_changed,
    school_changed,
)


async def a_capped_school(steps: Steps, urn: str = "900001") -> None:
    """A state-funded school of category 2, so that its teachers pay the capped charge."""
    await steps.funding.deliver(categories((LUTON, 2), (LEEDS, 6)))
    await steps.funding.deliver(school_changed(urn))


async def test_the_price_of_the_day_is_due_without_any_quote(steps: Steps) -> None:
    await a_capped_school(steps)
    teacher, booking = await steps.a_booking()
    fee = await steps.fee(teacher, booking)
    assert (fee["status"], fee["amount_pence"], fee["quote_id"]) == ("due", 7_000, None)
    assert (fee["policy_version"], fee["price"]["basis"]) == (7, "state-funded")
    assert "£35 a day: £70 at most" in fee["reason"]


async def test_the_hubs_charge_is_that_of_the_moment_of_booking(steps: Steps) -> None:
    await a_capped_school(steps)
    run, teacher = run_changed(charge_pence=3_000), a_teacher()
    booking = booked(teacher, run)
    await steps.funding.deliver(run.model_copy(update={"charge_pence": 6_000}), sequence=2)
    await steps.funding.deliver(booking)
    assert (await steps.fee(teacher, booking))["amount_pence"] == 3_000


async def test_a_promised_price_is_the_price_charged_although_the_facts_changed(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    run, teacher = run_changed(), a_teacher()
    await steps.funding.deliver(run)
    quote = await steps.quote(teacher, run)
    assert quote["amount_pence"] == 0
    await steps.funding.deliver(categories((LUTON, 2)))
    booking = booked(teacher, run)
    await steps.funding.deliver(booking)
    fee = await steps.fee(teacher, booking)
    assert (fee["status"], fee["amount_pence"], fee["quote_id"]) == ("due", 0, quote["id"])
    assert fee["price"]["amount_pence"] == 7_000
    assert "promised £0" in fee["reason"]
    colleague = a_teacher()
    await steps.funding.deliver(other := booked(colleague, run))
    assert (await steps.fee(colleague, other))["amount_pence"] == 7_000, "another's quote is no promise to her"


async def test_the_price_of_the_day_is_due_when_it_is_lower_than_the_quote(steps: Steps) -> None:
    await a_capped_school(steps)
    run, teacher = run_changed(), a_teacher()
    await steps.funding.deliver(run)
    assert (await steps.quote(teacher, run))["amount_pence"] == 7_000
    await steps.funding.deliver(categories((LUTON, 5), edition=3))
    await steps.funding.deliver(booking := booked(teacher, run))
    fee = await steps.fee(teacher, booking)
    assert (fee["amount_pence"], fee["quote_id"]) == (0, None)


async def test_a_quote_holds_by_the_moment_of_booking_however_late_the_news_is(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    run = run_changed()
    await steps.funding.deliver(run)
    teachers = [a_teacher() for _ in range(3)]
    quotes = [await steps.quote(teacher, run) for teacher in teachers]
    await steps.funding.deliver(categories((LUTON, 2)))
    until = datetime.fromisoformat(quotes[0]["valid_until_at"])
    told = datetime.fromisoformat(quotes[2]["quoted_at"])
    for teacher, at, amount_pence in zip(
        teachers,
        (until - timedelta(seconds=1), until + timedelta(days=1), told - timedelta(seconds=5)),
        (0, 7_000, 7_000),
        strict=True,
    ):
        booking = booked(teacher, run)
        await placed_at(steps.funding, booking, at)
        assert (await steps.fee(teacher, booking))["amount_pence"] == amount_pence


async def test_a_quote_was_for_a_teacher_of_that_school(steps: Steps) -> None:
    await steps.funding.deliver(categories((LUTON, 5), (LEEDS, 1)))
    await steps.funding.deliver(school_changed())
    await steps.funding.deliver(school_changed("900004", district_code=LEEDS))
    run, teacher = run_changed(), a_teacher()
    await steps.funding.deliver(run)
    assert (await steps.quote(teacher, run))["amount_pence"] == 0
    moved = a_teacher("900004", person_id=teacher.id)
    await steps.funding.deliver(booking := booked(moved, run))
    assert (await steps.fee(moved, booking))["amount_pence"] == 7_000


async def test_the_policy_of_the_day_of_booking_decides(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    for at, version, amount_pence in (
        (datetime(2020, 3, 12, 23, 59, tzinfo=UTC), 5, 7_000),
        (datetime(2020, 3, 13, 0, 0, tzinfo=UTC), 6, 0),
        (datetime(2019, 7, 1, 22, 59, tzinfo=UTC), 2, 0),
        (datetime(2019, 7, 1, 23, 1, tzinfo=UTC), 3, 7_000),  # two minutes later, in summer; the free place is taken
    ):
        teacher = a_teacher()
        booking = booking_placed(teacher)
        await placed_at(steps.funding, booking, at)
        fee = await steps.fee(teacher, booking)
        assert (fee["policy_version"], fee["amount_pence"]) == (version, amount_pence), at


async def test_a_free_place_is_free_again_once_it_is_given_up(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    at = datetime(2019, 8, 1, 12, 0, tzinfo=UTC)
    found: list[int] = []
    for cancelled in (False, True, False):
        teacher = a_teacher()
        booking = booking_placed(teacher)
        await placed_at(steps.funding, booking, at)
        found.append((await steps.fee(teacher, booking))["amount_pence"])
        if cancelled:
            async with steps.funding.session() as session:
                first = await session.scalar(select(Fee.booking_id).where(Fee.takes_free_place))
            await steps.funding.deliver(booking_cancelled(booking.model_copy(update={"booking_id": first})), sequence=2)
    assert found == [0, 7_000, 0]


async def test_what_is_not_settled_waits_for_the_fact_and_is_settled_once(steps: Steps) -> None:
    teacher, booking = await steps.a_booking()
    waiting = await steps.fee(teacher, booking)
    assert (waiting["status"], waiting["amount_pence"], waiting["at_most_pence"]) == ("in_review", None, None)
    await steps.funding.deliver(school_changed(district_code=LEEDS))
    bounded = await steps.fee(teacher, booking)
    assert (bounded["status"], bounded["at_most_pence"]) == ("in_review", 7_000)
    await steps.funding.deliver(categories((LEEDS, 4)))
    assert [await steps.settle(), await steps.settle()] == [1, 0]
    settled = await steps.fee(teacher, booking)
    assert (settled["status"], settled["amount_pence"]) == ("due", 7_000)
    await steps.funding.deliver(categories((LEEDS, 6), edition=3))
    await steps.funding.deliver(school_changed(is_open=False), sequence=2)
    assert await steps.settle() == 0
    assert await steps.fee(teacher, booking) == settled
    async with steps.funding.session() as session:
        decided = (await session.scalars(select(FeeDecision).order_by(FeeDecision.ordinal))).all()
        assert [one.ordinal for one in decided] == [1, 2, 3]
        for one in decided:
            assert await replay(session, one.inputs) in one.result


async def test_a_list_that_comes_while_places_are_booked_settles_every_fee(steps: Steps) -> None:
    teachers = [a_teacher() for _ in range(12)]
    await steps.funding.deliver(school_changed(district_code=LEEDS))
    bookings = [booking_placed(teacher) for teacher in teachers]
    news = [steps.funding.deliver(booking) for booking in bookings]
    news.insert(6, steps.funding.deliver(categories((LEEDS, 3))))
    await asyncio.gather(*news)
    await asyncio.gather(*(steps.settle() for _ in range(3)))
    found = [await steps.fee(teacher, booking) for teacher, booking in zip(teachers, bookings, strict=True)]
    assert {(fee["status"], fee["amount_pence"]) for fee in found} == {("due", 7_000)}


async def test_a_place_given_up_while_its_fee_is_in_review_stays_void(steps: Steps) -> None:
    teacher, booking = await steps.a_booking()
    await steps.funding.deliver(categories((LEEDS, 3)))
    await steps.funding.deliver(booking_cancelled(booking), sequence=2)
    assert await steps.settle() == 0
    await steps.funding.deliver(school_changed(district_code=LEEDS))
    assert (await steps.fee(teacher, booking))["status"] == "void"


@pytest.mark.parametrize("seed", range(4))
async def test_a_cancellation_voids_the_fee_in_whatever_order_it_comes(steps: Steps, seed: int) -> None:
    await a_capped_school(steps)
    teacher = a_teacher()
    booking = booking_placed(teacher)
    news = [(booking, new_id()), (booking_cancelled(booking), new_id())] * 2
    random.Random(seed).shuffle(news)
    for event, event_id in news:
        await steps.funding.deliver(event, event_id=event_id)
    fee = await steps.fee(teacher, booking)
    assert (fee["status"], fee["amount_pence"]) == ("void", 7_000)
    assert datetime.fromisoformat(fee["voided_at"]) == booking_cancelled(booking).cancelled_at


async def test_news_that_comes_again_charges_once(steps: Steps) -> None:
    await a_capped_school(steps)
    teacher = a_teacher()
    booking = booking_placed(teacher)
    for _ in range(2):
        await steps.funding.deliver(booking, times=2)
    fees = (await steps.get(teacher, "/v1/fees")).json()["data"]
    assert [(one["booking_id"], one["amount_pence"]) for one in fees] == [(str(booking.booking_id), 7_000)]


async def test_places_that_are_heard_of_together_are_charged_as_one_by_one(steps: Steps) -> None:
    await a_capped_school(steps)
    await steps.funding.deliver(school_changed("900003", district_code=LEEDS))
    run, promised = run_changed(charge_pence=3_000), a_teacher()
    await steps.funding.deliver(run)
    await steps.quote(promised, run)
    await steps.funding.deliver(run.model_copy(update={"charge_pence": 6_000}), sequence=2)
    dearer = run.model_copy(update={"charge_pence": 6_000})
    free, now = datetime(2019, 8, 1, 12, 0, tzinfo=UTC), clock.now()
    elsewhere, teachers = a_teacher("900002"), [a_teacher("900003"), a_teacher("900003"), a_teacher(), a_teacher()]
    bookings = [booked(promised, dearer), *map(booking_placed, (*teachers, elsewhere))]
    await steps.funding.deliver(booking_cancelled(bookings[3]))
    told = list(zip(bookings, (now, free, free, now, now, now), strict=True))
    expected = [
        ("due", 3_000),
        ("due", 0),
        ("due", 7_000),
        ("void", 7_000),
        ("due", 7_000),
        ("in_review", None),
    ]
    for together in (told, told[::-1], [*told[:2], *told[:2]]):
        await placed_together(steps.funding, *together)
        fees = [await steps.fee(who, one) for who, one in zip((promised, *teachers, elsewhere), bookings, strict=True)]
        assert [(fee["status"], fee["amount_pence"]) for fee in fees] == expected
    async with steps.funding.session() as session:
        decided = (await session.scalars(select(FeeDecision))).all()
        assert [(one.ordinal, await replay(session, one.inputs) in one.result) for one in decided] == [(1, True)] * 6


async def test_a_fee_is_seen_by_its_teacher_and_by_funding_staff(steps: Steps) -> None:
    await a_capped_school(steps)
    teacher, booking = await steps.a_booking()
    for caller, count in (
        (teacher, 1),
        (steps.officer, 1),
        (steps.auditor, 1),
        (a_teacher(), 0),
        (staff("hub_lead", organisation_id=booking.hub_id), 0),
    ):
        reply = await steps.get(caller, "/v1/fees", booking_id=booking.booking_id)
        assert (reply.status_code, len(reply.json()["data"])) == (200, count)
    assert (await steps.get(partner("completions:write"), "/v1/fees")).status_code == 403
    assert (await steps.get(steps.auditor, "/v1/fees", status="in_review")).json()["data"] == []
    assert (await steps.get(steps.auditor, "/v1/fees", status="paid")).status_code == 422


async def test_fees_come_in_pages_the_latest_first(steps: Steps) -> None:
    teacher = a_teacher()
    bookings = [booking_placed(teacher) for _ in range(5)]
    for number, booking in enumerate(bookings):
        await placed_at(steps.funding, booking, clock.now() + timedelta(seconds=number))
    seen: list[str] = []
    query: JSON = {"limit": 2}
    while True:
        body = (await steps.get(teacher, "/v1/fees", **query)).json()
        seen += [one["booking_id"] for one in body["data"]]
        if not body["page"]["has_more"]:
            break
        query["cursor"] = body["page"]["next_cursor"]
    assert [UUID(one) for one in seen] == [one.booking_id for one in reversed(bookings)]


async def test_decisions_on_fees_cannot_be_changed(steps: Steps) -> None:
    await steps.a_booking()
    with pytest.raises(IntegrityError, match="append-only"):
        async with steps.funding.session() as session:
            await session.execute(text("UPDATE fee_decision SET result = ''"))
    with pytest.raises(IntegrityError, match="ck_fee_due"):
        async with steps.funding.session() as session:
            await session.execute(text("UPDATE fee SET status = 'due'"))
