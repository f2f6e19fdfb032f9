"""Two things at once: whichever is first, nothing is lost between them and no lock waits for ever."""

import asyncio

from builders import a_teacher
from funding_facts import (
    PRIMARY_TWO_DAYS_PENCE,
    Steps,
    booking_cancelled,
    booking_placed,
    cpd_completed,
    school_changed,
)

ROUNDS = 6


async def test_an_approval_and_the_completion_at_once_leave_the_bursary_claimable(steps: Steps) -> None:
    for number in range(ROUNDS):
        _, booking, bursary = await steps.an_eligible_bursary(f"9000{number:02d}")
        approval, _ = await asyncio.gather(steps.approve(bursary), steps.funding.deliver(cpd_completed(booking)))
        assert approval.status_code == 200
        assert (await steps.bursary(bursary))["status"] == "claimable"


async def test_an_application_and_the_cancellation_at_once_leave_no_live_bursary(steps: Steps) -> None:
    for number in range(ROUNDS):
        urn = f"9000{number:02d}"
        await steps.funding.deliver(school_changed(urn))
        teacher, booking = await steps.a_booking(urn)
        body = {"booking_id": str(booking.booking_id)}
        reply, _ = await asyncio.gather(
            steps.post(teacher, "/v1/bursaries", body), steps.funding.deliver(booking_cancelled(booking))
        )
        if reply.status_code == 201:
            assert (await steps.bursary(reply.json()))["status"] == "cancelled"
        else:
            assert reply.json()["code"] == "booking-cancelled"


async def test_an_application_and_the_schools_facts_at_once_end_in_a_decision(steps: Steps) -> None:
    for number in range(ROUNDS):
        urn = f"9000{number:02d}"
        teacher, booking = await steps.a_booking(urn)
        bursary, _ = await asyncio.gather(steps.apply(teacher, booking), steps.funding.deliver(school_changed(urn)))
        assert (await steps.bursary(bursary))["status"] == "eligible"


async def test_many_teachers_of_one_school_at_once_get_one_bursary(steps: Steps) -> None:
    await steps.funding.deliver(school_changed())
    teachers = [a_teacher() for _ in range(12)]
    bookings = [booking_placed(teacher) for teacher in teachers]
    for booking in bookings:
        await steps.funding.deliver(booking)
    made = await asyncio.gather(*(steps.apply(*pair) for pair in zip(teachers, bookings, strict=True)))
    assert sorted(one["status"] for one in made) == ["eligible"] + ["ineligible"] * 11


async def test_an_approval_and_the_cancellation_at_once_reserve_nothing(steps: Steps) -> None:
    for number in range(ROUNDS):
        _, booking, bursary = await steps.an_eligible_bursary(f"9000{number:02d}")
        await asyncio.gather(steps.approve(bursary), steps.funding.deliver(booking_cancelled(booking)))
        assert (await steps.bursary(bursary))["status"] == "cancelled"
    assert (await steps.balances())["reserved"] == 0


async def test_a_release_and_late_cancellations_at_once_pay_everybody_once_or_nobody(steps: Steps) -> None:
    bookings, bursaries = [], []
    for number in range(ROUNDS):
        teacher, booking, bursary = await steps.an_eligible_bursary(f"9001{number:02d}")
        await steps.approve(bursary)
        await steps.funding.deliver(cpd_completed(booking))
        await steps.approve_claim((await steps.claim(teacher, bursary)).json())
        bookings.append(booking)
        bursaries.append(bursary)
    run = await steps.approved_run((await steps.prepare_run()).json())

    async def cancel_all() -> None:
        await asyncio.gather(*(steps.funding.deliver(booking_cancelled(one)) for one in reversed(bookings)))

    released, _ = await asyncio.gather(steps.release(run), cancel_all())
    ended = [(await steps.bursary(one))["status"] for one in bursaries]
    assert (released.status_code, set(ended)) in ((200, {"paid"}), (409, {"cancelled"}))
    balances = await steps.balances()
    assert balances["paid"] == ended.count("paid") * PRIMARY_TWO_DAYS_PENCE
    assert (balances["payable"], balances["reserved"]) == (0, 0)


async def test_a_claims_approval_and_the_cancellation_at_once_leave_nothing_owed(steps: Steps) -> None:
    for number in range(ROUNDS):
        teacher, booking, bursary = await steps.an_eligible_bursary(f"9000{number:02d}")
        await steps.approve(bursary)
        await steps.funding.deliver(cpd_completed(booking))
        claim = (await steps.claim(teacher, bursary)).json()
        decided, _ = await asyncio.gather(steps.approve_claim(claim), steps.funding.deliver(booking_cancelled(booking)))
        status = (await steps.bursary(bursary))["status"]
        assert (decided.status_code in (200, 409), status) == (True, "cancelled")
    balances = await steps.balances()
    assert (balances["payable"], balances["reserved"]) == (0, 0)
