"""A completion that is withdrawn after it was told of."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from chassis.tables import audit_entry
from contracts.hubs import BookingPlaced, CpdCorrected
from funding_facts import Steps, cpd_completed
from harness import ServiceHarness


def corrected(booking: BookingPlaced, revision: int, hours: int) -> CpdCorrected:
    """A correction of what the booking's register says."""
    told = cpd_completed(booking)
    return CpdCorrected(
        completion_id=told.completion_id,
        teacher_id=booking.teacher_id,
        revision=revision,
        activity_code=told.activity_code,
        hours_before=told.hours,
        hours=Decimal(hours),
        completed_on=told.completed_on,
        booking_id=booking.booking_id,
    )


@pytest.mark.parametrize("told_first", [True, False])
async def test_what_was_not_claimed_cannot_be_until_it_counts_again(funding: ServiceHarness, told_first: bool) -> None:
    steps = Steps.of(funding)
    _, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    news = [cpd_completed(booking), corrected(booking, 1, 0)]
    for event in news if told_first else reversed(news):
        await funding.deliver(event)
    assert (await steps.bursary(bursary))["status"] == "approved"
    await funding.deliver(corrected(booking, 2, 6))
    assert (await steps.bursary(bursary))["status"] == "claimable"
    await funding.deliver(corrected(booking, 1, 0))
    assert (await steps.bursary(bursary))["status"] == "claimable"


async def test_what_was_claimed_stays_and_is_put_on_record(funding: ServiceHarness) -> None:
    steps = Steps.of(funding)
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    await funding.deliver(cpd_completed(booking))
    assert (await steps.claim(teacher, bursary)).status_code == 201
    await funding.deliver(corrected(booking, 1, 0))
    assert (await steps.bursary(bursary))["status"] == "claimed"
    found = select(audit_entry.c.subject).where(audit_entry.c.action == "bursary.completion_withdrawn_after_claim")
    async with funding.session() as session:
        assert (await session.scalars(found)).all() == [f"bursary:{bursary['id']}"]


async def test_a_claim_whose_course_does_not_count_any_more_can_only_be_declined(funding: ServiceHarness) -> None:
    steps = Steps.of(funding)
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    await funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await funding.deliver(corrected(booking, 1, 0))
    refused = await steps.approve_claim(claim)
    assert (refused.status_code, refused.json()["code"]) == (409, "course-not-completed")
    assert (await steps.approve_claim(claim, outcome="declined")).json()["status"] == "declined"
    assert (await steps.bursary(bursary))["status"] == "approved"
    assert (await steps.claim(teacher, bursary)).json()["code"] == "course-not-completed"
    await funding.deliver(corrected(booking, 2, 6))
    assert (await steps.claim(teacher, bursary)).status_code == 201
