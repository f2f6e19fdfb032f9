"""Adjusts awards: a calculation is proposed by one person and takes effect when another approves it."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import GrantAdjusted
from funding.budgets import service as budgets
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_adjustments.errors import AdjustmentDecided, AdjustmentNotFound, AdjustmentOpen, NothingChanges
from funding.grant_adjustments.schemas import AdjustmentRequest
from funding.grant_cards import service as cards
from funding.grant_cards.rules import Calculation, calculate
from funding.grant_spending.service import raise_return
from funding.grants.access import seen_by
from funding.grants.errors import FindingsNotAccepted, NothingToGrant, SameGrantPerson
from funding.grants.models import GrantAward, GrantInstalment, GrantSnapshot, GrantStatus, SnapshotStatus
from funding.grants.records import (
    Worked,
    add_parts,
    lock_grant,
    money_of,
    note,
    require_one_funder,
    require_status,
    snapshot_of,
    undrawn,
)

OPEN = (GrantStatus.AWARDED, GrantStatus.ACCEPTED)


async def request(session: AsyncSession, caller: Principal, grant_id: UUID, body: AdjustmentRequest) -> None:
    """Calculate an award anew and put the difference before a second person."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    require_status(grant, *OPEN)
    last = await _last(session, grant_id)
    if last.status == SnapshotStatus.PROPOSED:
        raise AdjustmentOpen(f"Adjustment {last.ordinal} waits to be decided.")
    held = await cards.approved(session, grant.card, body.card_version or grant.card_version, clock.today())
    worked = Worked(held.card, calculate(held.card, body.inputs))
    await _check(session, grant, worked, body)
    snapshot = snapshot_of(worked, grant, last.ordinal + 1, _because(body), caller)
    session.add(snapshot)
    change = snapshot.difference_pence
    await note(session, grant, caller, "adjustment_requested", reason=body.because, amount_pence=change)


async def decide(
    session: AsyncSession, caller: Principal, grant_id: UUID, ordinal: int, body: ApprovalDecision
) -> None:
    """Approve or decline an adjustment as the second person; the money follows in the same transaction."""
    grant = await lock_grant(session, grant_id, seen_by(caller))
    snapshot = await session.get(GrantSnapshot, (grant_id, ordinal), with_for_update=True, populate_existing=True)
    if snapshot is None or ordinal == 1:
        raise AdjustmentNotFound("The grant has no such adjustment.")
    if snapshot.status != SnapshotStatus.PROPOSED:
        raise AdjustmentDecided(f"The adjustment is {snapshot.status}.", adjustment_status=snapshot.status)
    if snapshot.requested_by == caller.id:
        raise SameGrantPerson("An adjustment is decided by somebody other than the one who asked for it.")
    require_status(grant, *OPEN)
    snapshot.status = SnapshotStatus(body.outcome)
    snapshot.decided_by, snapshot.decided_at, snapshot.decision_reason = caller.id, clock.now(), body.reason
    if body.outcome == "approved":
        await _take_effect(session, caller, grant, snapshot)
    action, change = f"adjustment_{body.outcome}", snapshot.difference_pence
    await note(session, grant, caller, action, reason=body.reason, amount_pence=change)


async def _last(session: AsyncSession, grant_id: UUID) -> GrantSnapshot:
    query = select(GrantSnapshot).where(GrantSnapshot.grant_id == grant_id).order_by(GrantSnapshot.ordinal.desc())
    return (await session.execute(query.limit(1))).scalar_one()


async def _check(session: AsyncSession, grant: GrantAward, worked: Worked, body: AdjustmentRequest) -> None:
    if worked.calculation.total_pence == 0:
        raise NothingToGrant("This comes to nothing; to end a grant, terminate it.")
    if worked.calculation.findings and body.findings_accepted_because is None:
        told = " ".join(one.detail for one in worked.calculation.findings)
        raise FindingsNotAccepted(f"Say why it is all right, in findings_accepted_because: {told}")
    held = await session.get_one(GrantSnapshot, (grant.id, grant.snapshot))
    before = Calculation.model_validate_json(held.calculation)
    if before == worked.calculation:
        raise NothingChanges("The calculation is the one that holds now.")
    require_one_funder(worked.card, before, worked.calculation)


def _because(body: AdjustmentRequest) -> str:
    if body.findings_accepted_because is None:
        return body.because
    return f"{body.because} Findings: {body.findings_accepted_because}"


async def _take_effect(session: AsyncSession, caller: Principal, grant: GrantAward, snapshot: GrantSnapshot) -> None:
    held = await cards.approved(session, snapshot.card, snapshot.card_version, clock.today())
    await add_parts(session, Worked(held.card, Calculation.model_validate_json(snapshot.calculation)), snapshot)
    left = undrawn(grant)
    grant.card_version, grant.snapshot = snapshot.card_version, snapshot.ordinal
    grant.amount_pence, grant.own_pence = snapshot.amount_pence, snapshot.own_pence
    await _move(session, caller, grant, snapshot, left)
    told = {"difference_pence": snapshot.difference_pence, "amount_pence": grant.amount_pence}
    await publish(session, GrantAdjusted(grant_id=grant.id, snapshot=snapshot.ordinal, **told))


async def _move(
    session: AsyncSession, caller: Principal, grant: GrantAward, snapshot: GrantSnapshot, left: int
) -> None:
    """Reserve more, or release what is left; what was drawn above the new award is due back."""
    change, money = snapshot.own_difference_pence, money_of(grant.id, f"adjustment-{snapshot.ordinal}")
    if change > 0:
        await budgets.reserve(session, grant.budget, money, change, "Grant adjusted upwards")
        await _add_instalment(session, grant, snapshot)
        return
    free = min(-change, left)
    if -change > free:
        with session.no_autoflush:
            await raise_return(session, caller, grant, "reduction", -change - free, clock.today())
    if free:
        await budgets.release(session, grant.budget, money, free, "Grant adjusted downwards")
        await _cancel(session, grant.id, free)


async def _add_instalment(session: AsyncSession, grant: GrantAward, snapshot: GrantSnapshot) -> None:
    highest = select(func.coalesce(func.max(GrantInstalment.number), 0)).where(GrantInstalment.grant_id == grant.id)
    session.add(
        GrantInstalment(
            id=new_id(),
            grant_id=grant.id,
            number=(await session.execute(highest)).scalar_one() + 1,
            title=f"Adjustment {snapshot.ordinal}",
            due_on=clock.today(),
            condition=snapshot.because,
            amount_pence=snapshot.own_difference_pence,
        )
    )


async def _cancel(session: AsyncSession, grant_id: UUID, pence: int) -> None:
    """Take an amount off what can still be drawn, beginning with the last instalment."""
    query = select(GrantInstalment).where(GrantInstalment.grant_id == grant_id).order_by(GrantInstalment.number.desc())
    for one in (await session.execute(query.with_for_update())).scalars():
        taken = min(pence, one.amount_pence - one.drawn_pence - one.cancelled_pence)
        one.cancelled_pence += taken
        pence -= taken
