"""A completion that is withdrawn after it was told of."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from chassis.tables import audit_entry
from contracts.hubs import BookingPlaced, CpdCorrected
from funding.verification import service as verification
from funding_facts import PRIMARY_TWO_DAYS_PENCE, Steps, cpd_completed
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


async def test_an_approved_claim_is_stopped_before_it_is_paid_and_can_be_made_again(funding: ServiceHarness) -> None:
    steps = Steps.of(funding)
    teacher, booking, bursary = await steps.an_eligible_bursary()
    await steps.approve(bursary)
    await funding.deliver(cpd_completed(booking))
    claim = (await steps.claim(teacher, bursary)).json()
    await steps.approve_claim(claim)
    await steps.an_approved_claim("900002")
    run = await steps.approved_run((await steps.prepare_run()).json())
    await funding.deliver(corrected(booking, 1, 0), times=2)
    assert (await steps.get(steps.auditor, f"/v1/claims/{claim['id']}")).json()["status"] == "withdrawn"
    assert (await steps.bursary(bursary))["status"] == "approved"
    left = (await steps.get(steps.auditor, f"/v1/payment-runs/{run['id']}")).json()
    assert (left["status"], left["payments"], left["amount_pence"]) == ("draft", 1, PRIMARY_TWO_DAYS_PENCE)
    assert (await steps.release(left)).status_code == 200
    balances = await steps.balances()
    assert (balances["paid"], balances["reserved"], balances["payable"]) == (*2 * (PRIMARY_TWO_DAYS_PENCE,), 0)
    assert (await steps.get(steps.auditor, "/v1/recoveries")).json()["data"] == []
    await funding.deliver(corrected(booking, 2, 6))
    await steps.approve_claim((await steps.claim(teacher, bursary)).json())
    last = (await steps.prepare_run()).json()
    await funding.deliver(corrected(booking, 3, 0))
    assert (await steps.get(steps.auditor, f"/v1/payment-runs/{last['id']}")).json()["status"] == "cancelled"
    async with verification.snapshot(funding.database) as connection:
        assert [one async for one in verification.verify(connection)] == []
