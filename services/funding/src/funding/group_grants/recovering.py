"""Grants of groups that were called off: ended at once where nothing was drawn, else by a person who is asked to."""

from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.principal import Principal
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_claims import service as claims
from funding.grant_claims.models import ClaimedStatus, GrantClaim
from funding.grant_drawdowns import service as drawdowns
from funding.grant_drawdowns.models import DrawdownStatus, GrantDrawdown
from funding.grants import service as grants
from funding.grants.models import GrantAward
from funding.grants.records import lock_grant, net_drawn
from funding.grants.schemas import Ending
from funding.group_grants.errors import GroupGrantNotFound, NoRecoveryProposed
from funding.group_grants.models import GroupGrant
from funding.group_grants.platform import PLATFORM
from funding.group_grants.schemas import GroupRecoveryDecision
from funding.group_grants.working import NotToBeWorkedOut

CALLED_OFF = "The group was called off."


async def end_or_propose(session: AsyncSession, group: GroupGrant, grant: GrantAward) -> None:
    """End an award that holds, or ask a person to. What is asked for and not decided is declined either way."""
    await _decline_requests(session, grant.id)
    if not grant.drawn_pence:
        await grants.end_undrawn(session, PLATFORM, grant, CALLED_OFF)
        return
    group.recovery = group.recovery or "proposed"
    if group.recovery == "declined":
        raise NotToBeWorkedOut("group-recovery-declined", f"{CALLED_OFF} Its grant goes on, as somebody decided.")
    said = (
        f"{CALLED_OFF} {to_recover(grant) / 100:,.2f} pounds were drawn and not spent: end the grant to get them back."
    )
    raise NotToBeWorkedOut("group-called-off", said)


def to_recover(grant: GrantAward) -> int:
    """What ending an award would make due, in pence."""
    return max(net_drawn(grant) - grant.spent_pence, 0)


async def decide(session: AsyncSession, caller: Principal, group_id: UUID, body: GroupRecoveryDecision) -> None:
    """End the grant of a group that was called off, or let it go on. GroupGrantNotFound, NoRecoveryProposed."""
    group = await session.get(GroupGrant, group_id, with_for_update=True, populate_existing=True)
    if group is None:
        raise GroupGrantNotFound(f"There is no group {group_id} whose money you may see.")
    if group.recovery != "proposed" or group.grant_id is None:
        raise NoRecoveryProposed(f"The recovery is {group.recovery or 'not proposed'}.")
    grant = await lock_grant(session, group.grant_id, true())
    group.recovery = body.outcome
    group.question_code = group.question = None
    if body.outcome == "approved":
        ending = Ending(reason=f"{CALLED_OFF} {body.reason}", returns_due_on=body.returns_due_on)
        await grants.terminate(session, caller, grant.id, ending)
    else:
        group.question_code = "group-recovery-declined"
        group.question = f"{CALLED_OFF} Its grant goes on: {body.reason}"
    await session.flush()
    details: dict[str, audit.JSON] = {"grant": str(grant.id), "reason": body.reason}
    await audit.record(session, caller, f"group-recovery.{body.outcome}", f"group-grant:{group_id}", details)


async def _decline_requests(session: AsyncSession, grant_id: UUID) -> None:
    declined = ApprovalDecision(outcome="declined", reason=CALLED_OFF)
    asked = select(GrantDrawdown.id).where(
        GrantDrawdown.grant_id == grant_id, GrantDrawdown.status == DrawdownStatus.REQUESTED
    )
    for drawdown_id in (await session.scalars(asked)).all():
        await drawdowns.decide(session, PLATFORM, grant_id, drawdown_id, declined)
    claimed = select(GrantClaim.id).where(GrantClaim.grant_id == grant_id, GrantClaim.status == ClaimedStatus.SUBMITTED)
    for claim_id in (await session.scalars(claimed)).all():
        await claims.decide(session, PLATFORM, grant_id, claim_id, declined)
