"""Months of the ledger: closed by two people, and closed for good, at the database."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from builders import staff
from chassis import clock
from funding_facts import Steps
from funding_money import post_into

LAST_MONTH = clock.today().replace(day=1) - timedelta(days=1)
MONTH = f"{LAST_MONTH:%Y-%m}"
CHECKED = {"outcome": "approved", "reason": "Agrees with the bank statement."}


async def closed(steps: Steps) -> None:
    """Last month, closed by two people."""
    await post_into(steps.funding, LAST_MONTH)
    path = f"/v1/ledger/periods/{MONTH}/closure"
    assert (await steps.post(steps.officer, path)).status_code == 201
    done = await steps.post(steps.payment_officer, f"{path}/decision", CHECKED)
    assert (done.status_code, done.json()["status"]) == (200, "closed")


async def test_a_month_is_closed_by_one_person_and_checked_by_another(steps: Steps) -> None:
    await post_into(steps.funding, LAST_MONTH)
    path = f"/v1/ledger/periods/{MONTH}/closure"
    assert (await steps.post(steps.officer, f"{path}/decision", CHECKED)).json()["code"] == "period-not-proposed"
    proposed = (await steps.post(steps.officer, path)).json()
    assert (proposed["status"], proposed["transactions"]) == ("closing", 1)
    assert (await steps.post(steps.payment_officer, path)).json()["code"] == "period-already-proposed"
    assert (await steps.post(steps.officer, f"{path}/decision", CHECKED)).json()["code"] == "same-person"
    await steps.post(steps.payment_officer, f"{path}/decision", CHECKED)
    listed = (await steps.get(steps.auditor, "/v1/ledger/periods")).json()["data"]
    assert {one["month"]: one["status"] for one in listed} == {f"{clock.today():%Y-%m}": "open", MONTH: "closed"}


async def test_a_month_that_changed_after_the_proposal_is_not_closed(steps: Steps) -> None:
    path = f"/v1/ledger/periods/{MONTH}/closure"
    assert (await steps.post(steps.officer, path)).json()["code"] == "period-not-found"
    await post_into(steps.funding, LAST_MONTH)
    await steps.post(steps.officer, path)
    await post_into(steps.funding, LAST_MONTH)
    late = await steps.post(steps.payment_officer, f"{path}/decision", CHECKED)
    assert (late.status_code, late.json()["code"]) == (409, "period-changed")
    sent_back = await steps.post(steps.payment_officer, f"{path}/decision", CHECKED | {"outcome": "declined"})
    assert sent_back.json()["status"] == "open"
    await closed(steps)


async def test_a_month_that_is_running_is_not_closed(steps: Steps) -> None:
    reply = await steps.post(steps.officer, f"/v1/ledger/periods/{clock.today():%Y-%m}/closure")
    assert (reply.status_code, reply.json()["code"]) == (409, "period-not-over")
    with pytest.raises(IntegrityError, match="is not over"):
        async with steps.funding.session() as session:
            await session.execute(
                text(
                    "INSERT INTO ledger_period (month, transactions, journal_sha256, proposed_by, proposed_at) "
                    "VALUES (date_trunc('month', now()), 0, '', gen_random_uuid(), now())"
                )
            )


async def test_nothing_is_posted_into_a_closed_month_and_it_is_never_opened_again(steps: Steps) -> None:
    await closed(steps)
    with pytest.raises(IntegrityError, match="is closed"):
        await post_into(steps.funding, LAST_MONTH)
    for statement in (
        "UPDATE ledger_period SET closed_at = NULL, closed_by = NULL",
        "UPDATE ledger_period SET transactions = 9",
        "DELETE FROM ledger_period",
        "TRUNCATE ledger_period",
    ):
        with pytest.raises(IntegrityError, match=r"closed for good|append-only|stays"):
            async with steps.funding.session() as session:
                await session.execute(text(statement))
    await post_into(steps.funding, clock.today())


async def test_one_person_cannot_close_a_month_at_the_database_either(steps: Steps) -> None:
    await post_into(steps.funding, LAST_MONTH)
    await steps.post(steps.officer, f"/v1/ledger/periods/{MONTH}/closure")
    with pytest.raises(IntegrityError, match="second_person"):
        async with steps.funding.session() as session:
            await session.execute(text("UPDATE ledger_period SET closed_by = proposed_by, closed_at = now()"))


async def test_whoever_is_posting_is_waited_for_before_the_month_is_closed(steps: Steps) -> None:
    path = f"/v1/ledger/periods/{MONTH}/closure"
    await post_into(steps.funding, LAST_MONTH)
    await steps.post(steps.officer, path)
    outcomes: list[Any] = await asyncio.gather(
        *(post_into(steps.funding, LAST_MONTH) for _ in range(8)),
        steps.post(staff("funding_officer"), f"{path}/decision", CHECKED),
        return_exceptions=True,
    )
    posted = sum(one is None for one in outcomes[:-1])
    listed = (await steps.get(steps.auditor, "/v1/ledger/periods")).json()["data"]
    status = next(one["status"] for one in listed if one["month"] == MONTH)
    assert (status, posted > 0) in (("closed", False), ("closing", True))
