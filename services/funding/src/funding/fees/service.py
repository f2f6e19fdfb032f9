"""The life of a fee: due or in review when a place is booked, settled when facts arrive, void when it is given up."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.subscriptions import Delivery
from contracts.hubs import BookingCancelled, BookingPlaced
from funding.areas import service as areas
from funding.bookings import service as bookings
from funding.bookings.service import PlacedBooking
from funding.canonical import canonical
from funding.fee_policies import service as fee_policies
from funding.fee_policies.rules import PriceInputs, price
from funding.fee_policies.service import PublishedFees
from funding.fees.models import Fee, FeeDecision, FeeStatus
from funding.fees.pricing import booked_run, gather
from funding.fees.rules import Promise, due
from funding.quotes.promises import promises_at, runs_quoted
from funding.reviews import service as reviews
from funding.schools.service import lock_school, lock_schools

Told = tuple[BookingPlaced, Delivery]


async def charge(session: AsyncSession, told: Sequence[Told]) -> None:
    """Compute what is due for bookings, once for each; void at once when word that it was given up came first.

    The moment the place was booked decides, however late the news is: its policy, its lists, the quotes that held.
    """
    await areas.hold_lists(session)
    await lock_schools(session, {event.school_urn for event, _ in told})
    by_booking = {event.booking_id: (event, delivery) for event, delivery in told}
    # Their rows are held until commit, so that a cancellation is seen here or sees the fee.
    await bookings.record_placed(session, [event for event, _ in by_booking.values()])
    charged = set(await session.scalars(select(Fee.booking_id).where(Fee.booking_id.in_(by_booking))))
    by_day: dict[date, list[Told]] = {}
    for one in by_booking.values():
        if one[0].booking_id not in charged:
            by_day.setdefault(one[1].occurred_at.astimezone(ENGLAND).date(), []).append(one)
    placed = await bookings.placed_bookings(session, by_booking)
    for on, some in by_day.items():
        await _charge_those_of(session, on, some, placed)


async def _charge_those_of(
    session: AsyncSession, on: date, told: Sequence[Told], placed: Mapping[UUID, PlacedBooking]
) -> None:
    published = await fee_policies.in_force(session, on)
    whom = {(event.school_urn, event.teacher_id) for event, _ in told}
    gathered = await gather(session, published, whom, on)
    teachers = {teacher_id for _, teacher_id in whom}
    promised = await runs_quoted(session, teachers, {event.course_run_id for event, _ in told})
    waiting = []
    for event, delivery in told:
        cancelled_at = placed[event.booking_id].cancelled_at
        fee = Fee(
            **event.model_dump(
                include={"booking_id", "teacher_id", "school_urn", "course_run_id", "course_code", "hub_id"}
            ),
            policy_version=published.policy.version,
            decisions=0,
            priced_on=on,
            placed_at=delivery.occurred_at,
            status=FeeStatus.IN_REVIEW if cancelled_at is None else FeeStatus.VOID,
            voided_at=cancelled_at,
        )
        inputs = await gathered.inputs(session, booked_run(event), event.school_urn, event.teacher_id)
        promises = await _promises(session, fee) if event.course_run_id in promised else []
        waiting += _decide(session, fee, published, inputs, promises)
    await session.flush()
    await reviews.wait(session, waiting)


async def void(session: AsyncSession, event: BookingCancelled) -> None:
    """The place was given up: nothing is due."""
    await bookings.record_cancelled(session, event)
    gone = update(Fee).where(Fee.booking_id == event.booking_id, Fee.status != FeeStatus.VOID)
    voided = gone.values(status=FeeStatus.VOID, voided_at=event.cancelled_at, is_reopened=False).returning(
        Fee.booking_id
    )
    if (await session.execute(voided)).first() is not None:
        await reviews.forget(session, [f"fee:{event.booking_id}"])
        await audit.record(session, None, "fee.voided", f"booking:{event.booking_id}")


async def decide_again(session: AsyncSession, school_urn: str) -> None:
    """Facts about a school have changed: settle what waited for them. What is due already stays as it was promised.

    The caller holds the school's lock, so that no fee of the school is computed on the older facts meanwhile.
    """
    of_school = (
        select(Fee).where(Fee.school_urn == school_urn, Fee.status == FeeStatus.IN_REVIEW).order_by(Fee.booking_id)
    )
    waiting = []
    for fee in (await session.scalars(of_school.with_for_update())).all():
        last = select(FeeDecision.inputs).where(
            FeeDecision.booking_id == fee.booking_id, FeeDecision.ordinal == fee.decisions
        )
        before = PriceInputs.model_validate_json((await session.execute(last)).scalar_one())
        published = await fee_policies.find_version(session, fee.policy_version)
        gathered = await gather(session, published, [(fee.school_urn, fee.teacher_id)], fee.priced_on)
        inputs = await gathered.inputs(session, before.run, fee.school_urn, fee.teacher_id)
        waiting += _decide(session, fee, published, inputs, await _promises(session, fee))
    await session.flush()
    await reviews.wait(session, waiting)


async def reopen(session: AsyncSession) -> None:
    """A list has come: whatever is in review is decided again, school by school, by the loop in `background`."""
    waiting = update(Fee).where(Fee.status == FeeStatus.IN_REVIEW)
    await session.execute(waiting.values(is_reopened=True))


async def schools_reopened(session: AsyncSession, most: int) -> list[str]:
    """Some schools with fees to be decided again."""
    waiting = select(Fee.school_urn).where(Fee.is_reopened).distinct().limit(most)
    return list(await session.scalars(waiting))


async def settle(session: AsyncSession, school_urn: str) -> None:
    """Decide again what is in review of one school."""
    await areas.hold_lists(session)
    await lock_school(session, school_urn)
    await decide_again(session, school_urn)


async def _promises(session: AsyncSession, fee: Fee) -> list[Promise]:
    return await promises_at(session, fee.teacher_id, fee.school_urn, fee.course_run_id, fee.placed_at)


def _decide(
    session: AsyncSession, fee: Fee, published: PublishedFees, inputs: PriceInputs, promises: Sequence[Promise]
) -> list[reviews.Waiting]:
    """Decide, and say for which facts the fee waits now; the caller flushes, and lets it wait."""
    found = price(published.policy, inputs)
    decision = due(found, promises)
    fee.decisions += 1
    fee.is_reopened = False
    fee.amount_pence, fee.at_most_pence = decision.amount_pence, decision.at_most_pence
    fee.takes_free_place, fee.quote_id = found.takes_free_place, decision.quote_id
    if fee.status == FeeStatus.IN_REVIEW and fee.amount_pence is not None:
        fee.status = FeeStatus.DUE
    session.add(fee)
    session.add(
        FeeDecision(
            booking_id=fee.booking_id,
            ordinal=fee.decisions,
            inputs=canonical(inputs),
            result=canonical(decision),
            decided_at=clock.now(),
        )
    )
    is_open = fee.status == FeeStatus.IN_REVIEW
    if not is_open and fee.decisions == 1:
        return []
    questions = reviews.questions_of(found.criteria, found.reason) if is_open else {}
    return [reviews.Waiting(f"fee:{fee.booking_id}", fee.school_urn, fee.teacher_id, questions)]
