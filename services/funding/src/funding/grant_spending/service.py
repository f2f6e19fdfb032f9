"""Records what was spent, raises what is due back, and books what came back."""

from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.budgets import service as budgets
from funding.budgets.service import Award
from funding.grant_spending.errors import NotPaidYet, ReturnNotFound, ReturnReceived, SpentLater
from funding.grant_spending.models import GrantReturn, GrantSpend, ReturnStatus
from funding.grant_spending.schemas import Receipt, Spending
from funding.grants.access import acted_on_by, seen_by
from funding.grants.errors import SameGrantPerson
from funding.grants.models import GrantAward, GrantStatus
from funding.grants.records import lock_grant, note, require_status
from funding.payables.service import paid_pence


async def record(session: AsyncSession, caller: Principal, grant_id: UUID, body: Spending) -> None:
    """Put on record what a grant was spent on."""
    grant = await lock_grant(session, grant_id, acted_on_by(caller))
    require_status(grant, GrantStatus.ACCEPTED)
    if body.spent_on > clock.today():
        raise SpentLater("Record what was spent once it was.")
    made = {"id": new_id(), "grant_id": grant_id, "recorded_by": caller.id, "recorded_at": clock.now()}
    session.add(GrantSpend(**made, **body.model_dump()))
    grant.spent_pence += body.amount_pence
    await note(session, grant, caller, "spending_recorded", amount_pence=body.amount_pence)


async def raise_return(
    session: AsyncSession,
    caller: Principal,
    grant: GrantAward,
    kind: Literal["underspend", "reduction"],
    amount_pence: int,
    due_on: date,
) -> None:
    """A part of what was drawn is due back. The caller holds the award."""
    grant.due_back_pence += amount_pence
    session.add(
        GrantReturn(
            id=new_id(),
            grant_id=grant.id,
            kind=kind,
            amount_pence=amount_pence,
            due_on=due_on,
            status=ReturnStatus.DUE,
            raised_by=caller.id,
            raised_at=clock.now(),
        )
    )
    await note(session, grant, caller, "return_raised", reason=kind, amount_pence=amount_pence)


async def receive(session: AsyncSession, caller: Principal, grant_id: UUID, return_id: UUID, body: Receipt) -> None:
    """Book what came back: it is available in the budget again."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    due = await session.get(GrantReturn, return_id, with_for_update=True, populate_existing=True)
    if due is None or due.grant_id != grant_id:
        raise ReturnNotFound("The grant has no such return.")
    if due.status == ReturnStatus.RECEIVED:
        raise ReturnReceived(f"It came back on {due.received_on}.")
    if due.raised_by == caller.id:
        raise SameGrantPerson("What comes back is booked by somebody other than the one who raised it.")
    paid = await paid_pence(session, f"grant:{grant_id}")
    if paid < grant.returned_pence + due.amount_pence:
        raise NotPaidYet(f"{paid} pence of the grant have been paid so far.", paid_pence=paid)
    due.status, due.reference, due.received_on = ReturnStatus.RECEIVED, body.reference, body.received_on
    due.received_by, due.received_at = caller.id, clock.now()
    grant.returned_pence += due.amount_pence
    await budgets.recover(session, grant.budget, Award("grant_return", due.id), due.amount_pence, "Grant returned")
    await note(session, grant, caller, "return_received", reason=body.reference, amount_pence=due.amount_pence)
