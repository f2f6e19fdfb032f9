"""What tests of the money do besides the steps of a bursary."""

from datetime import date
from typing import Any

from sqlalchemy import text

from chassis import clock
from chassis.ids import new_id
from funding_facts import Steps
from harness import ServiceHarness

BANK_DETAILS = {
    "account_name": "Meadow Primary School",
    "sort_code": "089999",
    "account_number": "66374958",
    "reason": "Letter of the head teacher.",
}


def confirmed(**facts: Any) -> dict[str, Any]:
    """The second person's approval of bank details."""
    confirmation = {"method": "telephone", "on": str(clock.today()), "note": "Called back."}
    return {"outcome": "approved", "reason": "They read them out.", "confirmation": confirmation, **facts}


async def a_new_payee(steps: Steps, reference: str, **facts: Any) -> dict[str, Any]:
    """A payee whose details wait to be decided by somebody else than the payment officer."""
    payee = {"kind": "school", "reference": reference, "name": "Meadow Primary School", "details": BANK_DETAILS}
    reply = await steps.post(steps.payment_officer, "/v1/payees", payee | facts)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def post_into(funding: ServiceHarness, day: date, pence: int = 5) -> None:
    """A balanced transaction of a day, by hand."""
    async with funding.session() as session:
        entry = {"id": new_id(), "at": day, "source": f"test:{new_id()}"}
        await session.execute(
            text(
                "INSERT INTO journal_transaction (id, kind, source, narrative, posted_at) "
                "VALUES (:id, 'allocation', :source, 'by hand', CAST(:at AS date) + interval '12 hours')"
            ),
            entry,
        )
        for account, amount in (("funding", -pence), ("available", pence)):
            await session.execute(
                text("INSERT INTO posting (transaction_id, account, amount_pence) VALUES (:id, :account, :amount)"),
                {"id": entry["id"], "account": f"cpd-bursaries/{account}", "amount": amount},
            )
