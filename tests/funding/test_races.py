"""Two things at once: whichever is first, nothing is lost between them and no lock waits for ever."""

import asyncio
import random

from builders import a_teacher
from chassis.ids import new_id
from funding.budgets import service as budgets
from funding.budgets.errors import FundExhausted
from funding.budgets.schemas import BudgetReference, FundReference
from funding_facts import (
    PRIMARY_TWO_DAYS_PENCE,
    Steps,
    booking_cancelled,
    booking_placed,
    cpd_completed,
    school_changed,
)

ROUNDS = 6
TIGHT, AMPLE = "tight", "ample"
COVERED_PENCE = {TIGHT: 20_000, AMPLE: 1_000_000}
MOVERS, MOVES = 10, 24


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


async def two_awards(steps: Steps) -> None:
    """One that covers little and one that covers much, each with two lots, and a budget of each for every mover."""
    said = {"lot": None, "title": "An award", "source": "A test."}
    whole = [
        FundReference(fund=award, allocated_pence=covered, part_of=None, **said)
        for award, covered in COVERED_PENCE.items()
    ]
    lots = [(f"{award}-{number}", award) for award in COVERED_PENCE for number in range(2)]
    parts = [FundReference(fund=lot, allocated_pence=None, part_of=award, **said) for lot, award in lots]
    async with steps.funding.session() as session:
        await budgets.import_funds(session, [*whole, *parts])
        for mover in range(MOVERS):
            for award in COVERED_PENCE:
                one = BudgetReference(budget=f"{award}-of-{mover}", fund=f"{award}-{mover % 2}", title="One of many")
                await budgets.open_budget(session, one)
            share = COVERED_PENCE[AMPLE] // MOVERS
            await budgets.allocate(session, f"test:{mover}", f"{AMPLE}-of-{mover}", share, "To be moved")


async def test_an_award_that_many_give_to_and_take_from_at_once_refuses_in_words_and_covers_all_it_has(
    steps: Steps,
) -> None:
    await two_awards(steps)
    chosen = random.Random(20261123)
    refused = 0

    async def move(mover: int, of: str, to: str, pence: int) -> bool:
        nonlocal refused
        try:
            async with steps.funding.session() as session:
                source, pair = f"test:{new_id()}", (f"{of}-of-{mover}", f"{to}-of-{mover}")
                await budgets.vire(session, source, *pair, pence, "There and back")
        except FundExhausted:
            refused += 1
            return False
        return True

    async def moves(mover: int) -> int:
        given: list[int] = []
        for _ in range(MOVES):
            if given and chosen.random() < 0.4:
                assert await move(mover, TIGHT, AMPLE, given.pop())
            elif await move(mover, AMPLE, TIGHT, pence := chosen.randrange(1, 2_000)):
                given.append(pence)
        return sum(given)

    given = sum(await asyncio.gather(*map(moves, range(MOVERS))))
    funds = {one["fund"]: one for one in (await steps.get(steps.auditor, "/v1/funds")).json()["data"]}
    assert funds[TIGHT]["allocated_pence"] == given <= COVERED_PENCE[TIGHT]
    assert funds[AMPLE]["allocated_pence"] == COVERED_PENCE[AMPLE] - given
    assert refused > MOVERS, "there was too little, again and again"
