"""Draws instalments: asked for with evidence, approved by another person, never above what was awarded."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import DrawdownApproved
from funding.budgets.service import Award
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_claims.queries import submitted_pence
from funding.grant_drawdowns.errors import (
    DrawdownDecided,
    DrawdownNotFound,
    DrawnAboveInstalment,
    DrawnTooEarly,
    InstalmentNotFound,
)
from funding.grant_drawdowns.models import DrawdownStatus, GrantDrawdown
from funding.grant_drawdowns.queries import waiting_pence
from funding.grant_drawdowns.schemas import DrawdownRequest
from funding.grants.access import acted_on_by, seen_by
from funding.grants.errors import SameGrantPerson
from funding.grants.models import GrantAward, GrantInstalment, GrantStatus
from funding.grants.records import lock_grant, note, people_of, require_status, undrawn
from funding.payables import service as payables
from funding.payables.service import Debt


async def request(session: AsyncSession, caller: Principal, grant_id: UUID, body: DrawdownRequest) -> UUID:
    """Ask for a part of an instalment whose day has come."""
    grant = await lock_grant(session, grant_id, acted_on_by(caller))
    require_status(grant, GrantStatus.ACCEPTED)
    instalment = await session.get(GrantInstalment, body.instalment_id, with_for_update=True, populate_existing=True)
    if instalment is None or instalment.grant_id != grant_id:
        raise InstalmentNotFound("The grant has no such instalment.")
    if instalment.due_on > clock.today():
        raise DrawnTooEarly(f"The instalment may be drawn from {instalment.due_on} on.")
    await _refuse_too_much(session, grant, instalment, body.amount_pence)
    drawdown = GrantDrawdown(
        id=new_id(),
        grant_id=grant_id,
        instalment_id=instalment.id,
        amount_pence=body.amount_pence,
        evidence=body.evidence,
        status=DrawdownStatus.REQUESTED,
        requested_by=caller.id,
        requested_at=clock.now(),
    )
    session.add(drawdown)
    await note(session, grant, caller, "drawdown_requested", amount_pence=body.amount_pence)
    return drawdown.id


async def decide(
    session: AsyncSession, caller: Principal, grant_id: UUID, drawdown_id: UUID, body: ApprovalDecision
) -> None:
    """Approve or decline as the second person. What is approved is owed, and waits for a payment run."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    drawdown = await session.get(GrantDrawdown, drawdown_id, with_for_update=True, populate_existing=True)
    if drawdown is None or drawdown.grant_id != grant_id:
        raise DrawdownNotFound("The grant has no such request.")
    if drawdown.status != DrawdownStatus.REQUESTED:
        raise DrawdownDecided(f"The request is {drawdown.status}.", drawdown_status=drawdown.status)
    if drawdown.requested_by == caller.id:
        raise SameGrantPerson("A request is decided by somebody other than the one who made it.")
    if body.outcome == "approved":
        await _draw(session, caller, grant, drawdown)
    drawdown.status = DrawdownStatus(body.outcome)
    drawdown.decided_by, drawdown.decided_at, drawdown.reason = caller.id, clock.now(), body.reason
    action = f"drawdown_{body.outcome}"
    await note(session, grant, caller, action, reason=body.reason, amount_pence=drawdown.amount_pence)


async def _refuse_too_much(
    session: AsyncSession, grant: GrantAward, instalment: GrantInstalment, amount_pence: int
) -> None:
    held = instalment.amount_pence - instalment.drawn_pence - instalment.cancelled_pence
    of_instalment = held - await waiting_pence(session, grant.id, instalment.id)
    of_grant = undrawn(grant) - await waiting_pence(session, grant.id) - await submitted_pence(session, grant.id)
    most = max(min(of_instalment, of_grant), 0)
    if amount_pence > most:
        raise DrawnAboveInstalment(f"At most {most} pence can be asked for.", at_most_pence=most)


async def _draw(session: AsyncSession, caller: Principal, grant: GrantAward, drawdown: GrantDrawdown) -> None:
    require_status(grant, GrantStatus.ACCEPTED)
    instalment = await session.get_one(
        GrantInstalment, drawdown.instalment_id, with_for_update=True, populate_existing=True
    )
    held = instalment.amount_pence - instalment.drawn_pence - instalment.cancelled_pence
    if drawdown.amount_pence > min(held, undrawn(grant)):
        raise DrawnAboveInstalment("The award was adjusted since: decline the request, and ask for less.")
    assert caller.id is not None
    instalment.drawn_pence += drawdown.amount_pence
    grant.drawn_pence += drawdown.amount_pence
    debt = Debt(
        subject=f"grant:{grant.id}",
        budget=grant.budget,
        payee_kind=grant.recipient_kind,
        payee_id=grant.recipient_id,
        payee_name=grant.recipient_name,
        amount_pence=drawdown.amount_pence,
        narrative=f"Grant {grant.card} {grant.reference}",
        requested_by=drawdown.requested_by,
        approved_by=caller.id,
        people=await people_of(session, grant),
    )
    await payables.owe(session, Award("grant_drawdown", drawdown.id), debt)
    told = {"amount_pence": drawdown.amount_pence, "drawn_pence": grant.drawn_pence}
    await publish(session, DrawdownApproved(grant_id=grant.id, drawdown_id=drawdown.id, **told))
