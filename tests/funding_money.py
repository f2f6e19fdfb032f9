"""What tests of the money do besides the steps of a bursary."""

from datetime import date

from sqlalchemy import text

from chassis.ids import new_id
from harness import ServiceHarness


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
