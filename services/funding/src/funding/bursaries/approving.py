"""A second person, and above the policy's threshold a third, approves or declines: one application or many at once."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.known_as import Standing, standing_now
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.funding import BursaryApproved, BursaryDeclined
from funding.bursaries import life
from funding.bursaries.deciding import event_facts
from funding.bursaries.earning import earned_by
from funding.bursaries.ending import AWAITING
from funding.bursaries.errors import BursaryNotFound, DecisionExpired, NeedsReview, NotAwaitingApproval, SelfApproval
from funding.bursaries.locks import lock_applications
from funding.bursaries.models import FUNDED, Bursary, BursaryDecision, BursaryStatus
from funding.bursaries.schemas import ApprovalDecision
from funding.ledger import service as ledger
from funding.ledger.models import EntryKind
from funding.reviews import service as reviews


async def decide_approvals(
    session: AsyncSession, caller: Principal, bursary_ids: Sequence[UUID], body: ApprovalDecision
) -> list[Bursary]:
    """Decide on these, all or none of them; they come back as they stand now, in the order in which they were named.

    All parts of an application are decided together. The last approval reserves the money in the same transaction.
    """
    parts = await lock_applications(session, bursary_ids)
    held = {one.id: one for one in parts}
    for bursary_id in bursary_ids:
        if bursary_id not in held:
            raise BursaryNotFound(bursary_id)
    asked = [held[one] for one in bursary_ids]
    standing = await standing_now(session)
    for bursary in asked:
        _require_somebody_else(caller, bursary, standing)
    applications = _applications(asked, parts)
    if body.outcome == "approved":
        await _approve(session, caller, applications, body.reason)
    else:
        await _decline(session, caller, [one for application in applications for one in application], body.reason)
    acts: list[tuple[str, dict[str, audit.JSON]]] = [
        (f"bursary:{one.id}", {"amount_pence": one.amount_pence, "reason": body.reason}) for one in asked
    ]
    await audit.record_all(session, caller, f"bursary.{body.outcome}", acts)
    # Last, because everybody who spends from the budget waits for its accounts from here to the commit.
    await _reserve(session, [one for application in applications for one in application if one.status in FUNDED])
    return asked


def _require_somebody_else(caller: Principal, bursary: Bursary, standing: Standing) -> None:
    told = {"bursary_id": str(bursary.id)}
    if caller.id is not None and _same(standing, bursary.teacher_id, caller.id):
        raise SelfApproval("A bursary is approved or declined by somebody other than the teacher who applied.", **told)
    if bursary.status not in AWAITING:
        raise NotAwaitingApproval(f"The bursary is {bursary.status}.", bursary_status=bursary.status, **told)
    if bursary.decided_by is not None and caller.id is not None and _same(standing, bursary.decided_by, caller.id):
        raise SelfApproval(
            "You approved it before; above the policy's threshold somebody else has to approve too.", **told
        )


def _same(standing: Standing, one: UUID, other: UUID) -> bool:
    return standing.goes_by(one) == standing.goes_by(other)


def _applications(asked: Sequence[Bursary], parts: Sequence[Bursary]) -> list[list[Bursary]]:
    """What waits, by application, each once."""
    wanted = dict.fromkeys(one.group_id or one.id for one in asked)
    found: dict[UUID, list[Bursary]] = {one: [] for one in wanted}
    for one in parts:
        if one.status in AWAITING:
            found[one.group_id or one.id].append(one)
    return list(found.values())


async def _approve(
    session: AsyncSession, caller: Principal, applications: Sequence[list[Bursary]], reason: str
) -> None:
    everything = [one for application in applications for one in application]
    for bursary in everything:
        if bursary.status == BursaryStatus.NEEDS_REVIEW:
            raise NeedsReview(
                "Facts about the school are missing; it is decided again as soon as they arrive.",
                bursary_id=str(bursary.id),
            )
    await _refuse_expired(session, everything)
    reached = await earned_by(session, everything)
    now = clock.now()
    approved = [one for application in applications if _is_last(caller, application, reason) for one in application]
    for bursary in approved:
        to = BursaryStatus.CLAIMABLE if bursary.id in reached else BursaryStatus.APPROVED
        life.move(bursary, to, reason, by=caller, cause=reached.get(bursary.id))
    await session.flush()
    await publish(session, *(BursaryApproved(**event_facts(one), approved_at=now) for one in approved))


def _is_last(caller: Principal, parts: list[Bursary], reason: str) -> bool:
    """Note that the caller approves; whether nobody else has to."""
    now = clock.now()
    if all(one.decided_by is None for one in parts):
        for bursary in parts:
            bursary.decided_by, bursary.decided_at, bursary.decision_reason = caller.id, now, reason
        return not any(_needs_second(one) for one in parts)
    for bursary in parts:
        bursary.second_approved_by, bursary.second_approved_at = caller.id, now
    return True


def _needs_second(bursary: Bursary) -> bool:
    threshold = bursary.second_approval_above_pence
    return threshold is not None and bursary.amount_pence > threshold


async def _reserve(session: AsyncSession, approved: Sequence[Bursary]) -> None:
    movements: dict[str, list[ledger.Movement]] = defaultdict(list)
    for one in approved:
        movements[one.budget].append(ledger.Movement(f"bursary:{one.id}", one.amount_pence, "Bursary approved"))
    for budget in sorted(movements):
        await ledger.move(session, budget, EntryKind.RESERVATION, movements[budget])


async def _decline(session: AsyncSession, caller: Principal, parts: list[Bursary], reason: str) -> None:
    for bursary in parts:
        if bursary.decided_by is None:
            bursary.decided_by, bursary.decided_at, bursary.decision_reason = caller.id, clock.now(), reason
        life.move(bursary, BursaryStatus.DECLINED, reason, by=caller)
    await session.flush()
    await publish(session, *(BursaryDeclined(**event_facts(one), reason=reason) for one in parts))
    await reviews.forget(session, [f"bursary:{one.id}" for one in parts])


async def _refuse_expired(session: AsyncSession, parts: Sequence[Bursary]) -> None:
    ends = select(BursaryDecision.bursary_id, BursaryDecision.valid_until_on).join(
        Bursary, (Bursary.id == BursaryDecision.bursary_id) & (Bursary.decisions == BursaryDecision.ordinal)
    )
    expired = ends.where(
        Bursary.id.in_([one.id for one in parts]), BursaryDecision.valid_until_on < clock.today()
    ).limit(1)
    ended = (await session.execute(expired)).first()
    if ended is not None:
        raise DecisionExpired(
            f"The decision held until {ended.valid_until_on}; it is about to be made again.",
            bursary_id=str(ended.bursary_id),
        )
