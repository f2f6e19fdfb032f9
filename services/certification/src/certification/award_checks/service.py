"""Deciding by two people whether an earned certificate that was drawn is awarded."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.award_checks.errors import (
    AwardCheckClosed,
    AwardCheckNotFound,
    AwardCheckNotRecommended,
    AwardCheckRecommended,
    NoLongerEarned,
    OwnAwardCheck,
)
from certification.award_checks.models import AwardCheck
from certification.credits.accounts import accounts_of
from certification.credits.completion import award_checked, earned
from certification.teachers.service import lock_logs
from chassis import audit, clock
from chassis.principal import Principal


async def recommend(session: AsyncSession, caller: Principal, check_id: UUID, outcome: str, reason: str) -> AwardCheck:
    """Say what to do; of a withheld award, anew.

    AwardCheckNotFound, OwnAwardCheck, AwardCheckClosed, AwardCheckRecommended.
    """
    check = await _held(session, caller, check_id)
    if check.outcome == "awarded":
        raise AwardCheckClosed
    if check.recommendation is not None and check.outcome is None:
        raise AwardCheckRecommended
    check.outcome = check.decided_by = check.closed_at = None
    check.recommendation, check.reason = outcome, reason
    check.recommended_by, check.recommended_at = caller.id, clock.now()
    await audit.record(session, caller, f"award.recommended_{outcome}", f"award_check:{check.id}")
    return check


async def decide(session: AsyncSession, caller: Principal, check_id: UUID, outcome: str) -> AwardCheck:
    """Approve or decline what another recommended; an approved award is made in the same transaction.

    AwardCheckNotFound, AwardCheckClosed, AwardCheckNotRecommended, OwnAwardCheck, NoLongerEarned.
    """
    check = await _held(session, caller, check_id)
    if check.outcome == "awarded":
        raise AwardCheckClosed
    if check.recommendation is None or check.outcome is not None:
        raise AwardCheckNotRecommended
    if check.recommended_by == caller.id:
        raise OwnAwardCheck
    if outcome == "declined":
        check.recommendation = check.reason = check.recommended_by = check.recommended_at = None
    else:
        if check.recommendation == "award":
            await _award(session, check)
        check.outcome = "awarded" if check.recommendation == "award" else "withheld"
        check.decided_by, check.closed_at = caller.id, clock.now()
    await audit.record(session, caller, f"award.check_{outcome}", f"award_check:{check.id}")
    return check


async def _award(session: AsyncSession, check: AwardCheck) -> None:
    accounts = await accounts_of(session, [check.teacher_id], check.scheme)
    found = await earned(session, [one for group in accounts.values() for one in group])
    if not found:
        raise NoLongerEarned
    await award_checked(session, found)


async def _held(session: AsyncSession, caller: Principal, check_id: UUID) -> AwardCheck:
    """A check, held against everybody who decides, or who changes what the certificate rests on."""
    teacher_id = await session.scalar(select(AwardCheck.teacher_id).where(AwardCheck.id == check_id))
    if teacher_id is None:
        raise AwardCheckNotFound
    if teacher_id == caller.id:
        raise OwnAwardCheck
    await lock_logs(session, [teacher_id])
    return await session.get_one(AwardCheck, check_id, with_for_update=True)
