"""Statements: months that are closed, and documents of any length."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import time_machine
from sqlalchemy import text

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.canonical import canonical
from funding.statements import service
from funding.statements.models import LineKind, PartyKind
from funding.statements.schemas import Document, Line
from funding_facts import JSON, Steps, cpd_completed, school_changed


def last_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


class Months:
    """Closing the month before the present one, with what a test did in it."""

    def __init__(self, steps: Steps) -> None:
        self.steps, self.funding = steps, steps.funding
        self.month = f"{last_month(clock.today()):%Y-%m}"

    @contextmanager
    def last_month(self) -> Iterator[None]:
        """Live ten days before the end of last month."""
        then = service.end_of(last_month(clock.today())) - timedelta(days=10)
        with time_machine.travel(then, tick=True):
            yield

    async def close(self, by: Principal | None = None, **body: str) -> JSON:
        reply = await self.steps.post(
            by or self.steps.payment_officer, "/v1/statements/closings", {"month": self.month} | body
        )
        assert reply.status_code == 201, reply.text
        found: JSON = reply.json()
        return found

    async def payments(self) -> list[tuple[str, str]]:
        """School and id of each payment of a bursary that was released, in order."""
        query = text(
            "SELECT payee_urn, claim_id::text FROM payment WHERE released_at IS NOT NULL AND claim_id IS NOT NULL "
            "ORDER BY claim_id"
        )
        async with self.funding.session() as session:
            return [(row.payee_urn, row.claim_id) for row in await session.execute(query)]

    async def recover(self, payment_id: str, pence: int) -> JSON:
        """A part of a payment comes back by invoice."""
        steps = self.steps
        wanted = {"payment_id": payment_id, "amount_pence": pence, "because": "overpayment", "reason": "Too much."}
        case: JSON = (await steps.post(steps.officer, "/v1/recoveries", wanted)).json()
        path = f"/v1/recoveries/{case['id']}"
        await steps.post(steps.officer, f"{path}/proposal", {"method": "invoice", "reason": "As usual."})
        await steps.post(steps.approver, f"{path}/approval", {"outcome": "approved", "reason": "Agreed."})
        receipt = {"amount_pence": pence, "reference": "Bank statement, line 9"}
        assert (await steps.post(steps.payment_officer, f"{path}/receipts", receipt)).status_code == 201
        return case

    async def listed(self, caller: Principal, **query: str) -> list[JSON]:
        reply = await self.steps.get(caller, "/v1/statements", **query)
        assert reply.status_code == 200, reply.text
        found: list[JSON] = reply.json()["data"]
        return found

    async def lines(self, caller: Principal, statement: JSON) -> list[JSON]:
        reply = await self.steps.get(caller, f"/v1/statements/{statement['id']}/document")
        assert hashlib.sha256(reply.content).hexdigest() == statement["document_sha256"]
        found: list[JSON] = reply.json()["lines"]
        return found

    async def a_paid_bursary(self, urn: str = "900001", **facts: Any) -> JSON:
        """A bursary from application to payment, all of it last month."""
        steps = self.steps
        with self.last_month():
            await steps.funding.deliver(school_changed(urn))
            teacher, booking = await steps.a_booking(urn, **facts)
            bursary = await steps.apply(teacher, booking)
            await steps.approve(bursary)
            await steps.funding.deliver(cpd_completed(booking))
            await steps.approve_claim((await steps.claim(teacher, bursary)).json())
            await steps.release((await steps.prepare_run()).json())
        return bursary


def a_document(lines: int) -> str:
    """The text of a school's statement with so many payments."""
    now, pence = clock.now(), 37_000
    listed = tuple(_line(number, pence, new_id()) for number in range(1, lines + 1))
    document = Document(
        statement_id=new_id(),
        party_kind=PartyKind.SCHOOL,
        party="900001",
        party_name="School 900001 (synthetic)",
        month="2026-10",
        closed_at=now,
        total_pence=lines * pence,
        totals_pence={LineKind.BURSARY_PAID: lines * pence},
        lines=listed,
    )
    return canonical(document)


def _line(number: int, pence: int, id_: UUID) -> Line:
    return Line(
        line_id=id_,
        position=number,
        kind=LineKind.BURSARY_PAID,
        source=f"payment:{id_}",
        amount_pence=pence,
        occurred_at=clock.now(),
        narrative=f"Bursary for course CP228, booking {id_}",
        reverses_id=None,
    )
