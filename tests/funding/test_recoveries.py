"""Money that has to come back: one case for each payment, agreed by two people, to the penny."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from builders import a_school_lead, staff
from chassis.principal import Principal
from contracts.hubs import BookingPlaced, CpdCorrected
from funding.verification import service as verification
from funding_facts import JSON, PRIMARY_TWO_DAYS_PENCE, Steps, booking_cancelled, cpd_completed
from statement_facts import Months

PAID = PRIMARY_TWO_DAYS_PENCE


def corrected(booking: BookingPlaced, revision: int, hours: int) -> CpdCorrected:
    """What the register says now."""
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


async def a_paid(steps: Steps, urn: str = "900001") -> BookingPlaced:
    """A booking whose bursary was paid."""
    teacher, booking, bursary = await steps.an_eligible_bursary(urn)
    await steps.approve(bursary)
    await steps.funding.deliver(cpd_completed(booking))
    await steps.approve_claim((await steps.claim(teacher, bursary)).json())
    await steps.release((await steps.prepare_run()).json())
    return booking


async def cases(steps: Steps, caller: Principal | None = None) -> list[JSON]:
    found: list[JSON] = (await steps.get(caller or steps.auditor, "/v1/recoveries")).json()["data"]
    return found


async def a_case(steps: Steps) -> JSON:
    """A paid bursary whose course was not attended after all."""
    booking = await a_paid(steps)
    await steps.funding.deliver(corrected(booking, 1, 0))
    [case] = await cases(steps)
    return case


async def step(steps: Steps, by: Principal, case: JSON, name: str, **body: object) -> JSON:
    found: JSON = (await steps.post(by, f"/v1/recoveries/{case['id']}/{name}", body)).json()
    return found


async def sound(steps: Steps) -> None:
    async with verification.snapshot(steps.funding.database) as connection:
        assert [finding async for finding in verification.verify(connection)] == []


async def test_a_paid_bursary_without_its_course_is_recovered_by_invoice(steps: Steps) -> None:
    case = await a_case(steps)
    assert (case["because"], case["amount_pence"], case["status"]) == ("completion_withdrawn", PAID, "open")
    proposed = await step(steps, steps.officer, case, "proposal", method="invoice", reason="No further bursaries.")
    assert proposed["status"] == "proposed"
    refused = await step(steps, steps.officer, case, "approval", outcome="approved", reason="Fine.")
    assert refused["code"] == "recovery-second-person"
    await step(steps, steps.approver, case, "approval", outcome="approved", reason="Fine.")
    before = await steps.balances()
    await step(steps, steps.payment_officer, case, "receipts", amount_pence=7_000, reference="Line 1")
    again = await step(steps, steps.payment_officer, case, "receipts", amount_pence=7_000, reference="Line 1")
    assert again["code"] == "recovery-receipt-known"
    over = await step(steps, steps.payment_officer, case, "receipts", amount_pence=PAID, reference="Line 2")
    assert over["code"] == "recovery-too-large"
    settled = await step(steps, steps.payment_officer, case, "receipts", amount_pence=PAID - 7_000, reference="Line 2")
    assert (settled["status"], settled["recovered_pence"]) == ("settled", PAID)
    steps_taken = [(one["from_status"], one["to_status"]) for one in settled["steps"]]
    assert steps_taken == [
        (None, "open"),
        ("open", "proposed"),
        ("proposed", "agreed"),
        ("agreed", "agreed"),
        ("agreed", "settled"),
    ]
    after = await steps.balances()
    assert (after["paid"], after["available"]) == (before["paid"] - PAID, before["available"] + PAID)
    [bursary] = (await steps.get(steps.auditor, "/v1/bursaries")).json()["data"]
    assert bursary["status"] == "clawed_back"
    await sound(steps)


async def test_writing_off_takes_two_people_and_moves_no_money(steps: Steps) -> None:
    case = await a_case(steps)
    before = await steps.balances()
    await step(steps, steps.officer, case, "proposal", method="write_off", reason="The school has closed.")
    written_off = await step(steps, steps.approver, case, "approval", outcome="approved", reason="Agreed.")
    assert (written_off["status"], written_off["written_off_pence"]) == ("settled", PAID)
    assert await steps.balances() == before
    await sound(steps)


async def test_a_declined_proposal_opens_the_case_again(steps: Steps) -> None:
    case = await a_case(steps)
    await step(steps, steps.officer, case, "proposal", method="write_off", reason="Too small.")
    declined = await step(steps, steps.approver, case, "approval", outcome="declined", reason="It is not.")
    assert (declined["status"], declined["method"]) == ("open", None)
    wrong = await step(steps, steps.payment_officer, case, "receipts", amount_pence=1, reference="Line 1")
    assert wrong["code"] == "recovery-wrong-step"


async def test_a_case_is_opened_once_and_dropped_when_the_completion_counts_again(steps: Steps) -> None:
    booking = await a_paid(steps)
    for _ in range(3):
        await steps.funding.deliver(corrected(booking, 1, 0))
    assert [one["status"] for one in await cases(steps)] == ["open"]
    await steps.funding.deliver(corrected(booking, 2, 10))
    assert [one["status"] for one in await cases(steps)] == ["dropped"]
    await steps.funding.deliver(corrected(booking, 3, 0))
    assert [one["status"] for one in await cases(steps)] == ["open", "dropped"]
    opened = (await steps.get(a_school_lead("900001"), "/v1/statements/open")).json()
    assert [line["amount_pence"] for line in opened["lines"]] == [PAID, PAID, -PAID, -PAID]
    assert opened["total_pence"] == 0
    assert len({line["reverses_id"] for line in opened["lines"]}) == 3
    await sound(steps)


async def test_a_cancellation_after_the_payment_opens_a_case(steps: Steps) -> None:
    booking = await a_paid(steps)
    await steps.funding.deliver(booking_cancelled(booking), times=2)
    assert [one["because"] for one in await cases(steps)] == ["booking_cancelled"]


async def test_a_part_is_recovered_once_however_many_ask(steps: Steps) -> None:
    await a_paid(steps)
    [(_, payment_id)] = await Months(steps).payments()
    body = {"payment_id": payment_id, "amount_pence": 1_000, "because": "overpayment", "reason": "One day online."}
    replies = await asyncio.gather(*(steps.post(steps.officer, "/v1/recoveries", body) for _ in range(6)))
    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 5
    too_much = await steps.post(steps.officer, "/v1/recoveries", body | {"amount_pence": PAID + 1})
    assert too_much.json()["code"] == "recovery-too-large"
    opened = (await steps.get(a_school_lead("900001"), "/v1/statements/open")).json()
    assert opened["totals_pence"] == {"bursary_paid": PAID, "to_be_recovered": -1_000}


async def test_a_school_sees_its_own_cases(steps: Steps) -> None:
    case = await a_case(steps)
    assert [one["id"] for one in await cases(steps, a_school_lead("900001"))] == [case["id"]]
    assert await cases(steps, a_school_lead("900002")) == []
    hidden = await steps.get(a_school_lead("900002"), f"/v1/recoveries/{case['id']}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "recovery-not-found")
    assert (await steps.get(staff("hub_lead"), "/v1/recoveries")).status_code == 403


async def test_the_database_refuses_what_is_no_step_of_a_case(steps: Steps) -> None:
    await a_case(steps)
    attempts = (
        "UPDATE recovery_case SET status = 'settled', recovered_pence = amount_pence",
        "UPDATE recovery_case SET amount_pence = 1",
        "UPDATE recovery_case SET status = 'proposed', method = 'invoice', proposed_by = id, agreed_by = id",
        "DELETE FROM recovery_case",
        "UPDATE recovery_step SET reason = ''",
        "DELETE FROM recovery_step",
    )
    for attempt in attempts:
        with pytest.raises(DBAPIError):
            async with steps.funding.session() as session:
                await session.execute(text(attempt))
