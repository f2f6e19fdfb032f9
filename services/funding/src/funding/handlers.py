"""Everything funding hears. Each handler commutes with the others and may run twice."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery, Subscriptions
from contracts.hubs import AreaListApproved, BookingCancelled, BookingPlaced, CpdCompleted, CpdCorrected, SchoolChanged
from funding.areas import service as areas
from funding.bookings import service as bookings
from funding.bursaries import service as bursaries
from funding.schools import service as schools

subscriptions = Subscriptions("funding")


@subscriptions.on(SchoolChanged)
async def keep_school_facts(session: AsyncSession, event: SchoolChanged, delivery: Delivery) -> None:
    """Keep the newest facts, and decide again what waited for them."""
    await schools.lock_school(session, event.urn)
    if await schools.record_facts(session, event, delivery):
        await bursaries.decide_again(session, event.urn)


@subscriptions.on(AreaListApproved)
async def keep_area_list(session: AsyncSession, event: AreaListApproved, delivery: Delivery) -> None:
    """Keep the part, and once the list is whole decide again what waited for a person."""
    if await areas.hear_part(session, event):
        for urn in await bursaries.schools_in_review(session):
            await schools.lock_school(session, urn)
            await bursaries.decide_again(session, urn)


@subscriptions.on(BookingPlaced)
async def keep_booking(session: AsyncSession, event: BookingPlaced, delivery: Delivery) -> None:
    """Know the booking, so that its teacher can apply."""
    await bookings.record_placed(session, event)


@subscriptions.on(BookingCancelled)
async def lapse_bursary(session: AsyncSession, event: BookingCancelled, delivery: Delivery) -> None:
    """A bursary ends with its booking."""
    await bookings.record_cancelled(session, event)
    await bursaries.lapse(session, event.booking_id)


@subscriptions.on(CpdCompleted)
async def make_bursary_claimable(session: AsyncSession, event: CpdCompleted, delivery: Delivery) -> None:
    """A bursary is earned by completing the course of its booking. Completions without a booking earn none."""
    if event.booking_id is not None:
        await bookings.record_completed(session, event, event.booking_id)
        await bursaries.make_claimable(session, event.booking_id)


@subscriptions.on(CpdCorrected)
async def follow_correction(session: AsyncSession, event: CpdCorrected, delivery: Delivery) -> None:
    """A withdrawn completion earns no bursary; one that counts again does. Other hours change nothing here."""
    if event.booking_id is not None:
        await bookings.record_corrected(session, event, event.booking_id)
        await bursaries.withdraw_claimable(session, event.booking_id)
        await bursaries.make_claimable(session, event.booking_id)
