"""What the bank sends back, as tests make it up from a run that was released."""

from typing import Any

import httpx
from sqlalchemy import text

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding_facts import JSON, Steps
from funding_money import BANK_DETAILS, confirmed

HEADER = "reference,amount,sort_code,account_number,returned_on,code,description"


def line_of(item: JSON, **changes: Any) -> str:
    """The bank's line about a payment of a run; accounts of tests end as the first payee's of the test data."""
    said: JSON = {
        "reference": item["reference"],
        "amount": f"{item['amount_pence'] // 100}.{item['amount_pence'] % 100:02}",
        "sort_code": f"****{item['sort_code_ending']}",
        "account_number": f"****{item['account_ending']}",
        "returned_on": str(clock.today()),
        "code": "B",
        "description": "Account closed",
    }
    return ",".join(str(one) for one in (said | changes).values())


def a_file(*lines: str) -> bytes:
    """A file of these lines."""
    return "".join(f"{one}\r\n" for one in (HEADER, *lines)).encode()


async def with_accounts(steps: Steps, run: JSON) -> list[JSON]:
    """The payments of a run with how their accounts end, which only the bank and the database know."""
    query = text(
        "SELECT p.id::text, d.sort_code_ending, d.account_ending FROM payment p JOIN payee_details d "
        "ON d.id = p.details_id WHERE p.payment_run_id = :run_id"
    )
    async with steps.funding.session() as session:
        ends = {row.id: row for row in await session.execute(query, {"run_id": run["id"]})}
    return [
        item | {name: getattr(ends[item["id"]], name) for name in ("sort_code_ending", "account_ending")}
        for item in run["items"]
    ]


async def send(steps: Steps, content: bytes, by: Principal | None = None) -> httpx.Response:
    """Import a file."""
    client = await steps.funding.client(by or steps.payment_officer)
    headers = {"Idempotency-Key": str(new_id()), "Content-Type": "text/csv"}
    return await client.post("/v1/bank-returns", content=content, headers=headers)


async def imported(steps: Steps, *lines: str) -> JSON:
    """Import these lines, and expect them to be read."""
    reply = await send(steps, a_file(*lines))
    assert reply.status_code == 201, reply.text
    found: JSON = reply.json()
    return found


async def a_released_run(steps: Steps, *urns: str) -> JSON:
    """A run of bursaries of these schools, released, with how the accounts end."""
    for urn in urns:
        await steps.an_approved_claim(urn)
    run = (await steps.prepare_run()).json()
    released: JSON = (await steps.release(run)).json()
    return released | {"items": await with_accounts(steps, released)}


async def run_now(steps: Steps, run: JSON) -> JSON:
    """The run as it stands."""
    found: JSON = (await steps.get(steps.auditor, f"/v1/payment-runs/{run['id']}")).json()
    return found


async def new_details(steps: Steps, payee_id: str, **facts: Any) -> None:
    """Other bank details for a payee, proposed and approved by two people."""
    path = f"/v1/payees/{payee_id}/details"
    proposed = await steps.post(steps.payment_officer, path, BANK_DETAILS | facts)
    version = proposed.json()["details"][0]["version"]
    decided = await steps.post(steps.officer, f"{path}/{version}/decision", confirmed())
    assert decided.status_code == 200, decided.text
