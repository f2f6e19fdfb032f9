"""Deciding on a bursary by its policy version, the first time and again, and keeping every decision."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.funding import BursaryApplied, BursaryDeclined
from funding.bursaries import life
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.canonical import canonical
from funding.eligibility.rules import Outcome
from funding.policies.milestones import Milestone
from funding.policies.rules import Decision, Inputs, decide, quota_held
from funding.policies.service import Published
from funding.reviews import service as reviews

SAME_FOR_ALL_PARTS = (
    "booking_id",
    "teacher_id",
    "school_urn",
    "course_code",
    "days",
    "policy",
    "policy_version",
    "budget",
    "applied_on",
    "applied_at",
)


async def decide_bursary(
    session: AsyncSession, bursary: Bursary, published: Published, inputs: Inputs, cause: str, actor_id: UUID | None
) -> None:
    """Decide, and store the decision. What is paid part by part becomes a bursary for each part, decided alike."""
    decision = decide(published.policy, inputs)
    others: tuple[Milestone, ...] = ()
    total = decision.amount_pence
    if decision.milestones and bursary.part is None:
        first, *rest = decision.milestones
        others = tuple(rest)
        bursary.group_id = bursary.id
        inputs = _become(bursary, first, inputs)
        decision = decide(published.policy, inputs)
    held = quota_held(published.policy, inputs, decision) if bursary.group_id in (None, bursary.id) else None
    bursary.quota_key, bursary.quota_at_most = (held.key, held.at_most) if held else (None, 1)
    await _store(session, bursary, published, inputs, decision, total, cause, actor_id)
    for part in others:
        sibling = Bursary(id=new_id(), decisions=0, group_id=bursary.id, quota_at_most=1)
        for name in SAME_FOR_ALL_PARTS:
            setattr(sibling, name, getattr(bursary, name))
        said = _become(sibling, part, inputs)
        granted = decide(published.policy, said)
        await _store(session, sibling, published, said, granted, total, cause, actor_id)
        await announce_application(session, sibling)


def _become(bursary: Bursary, part: Milestone, inputs: Inputs) -> Inputs:
    bursary.part, bursary.earn_by_on = part.milestone, part.by
    return inputs.model_copy(update={"milestone": part.milestone})


async def _store(
    session: AsyncSession,
    bursary: Bursary,
    published: Published,
    inputs: Inputs,
    decision: Decision,
    total_pence: int,
    cause: str,
    actor_id: UUID | None,
) -> None:
    bursary.decisions += 1
    bursary.status = BursaryStatus(decision.outcome)
    bursary.amount_pence, bursary.fee_pence = decision.amount_pence, decision.fee_pence
    bursary.second_approval_above_pence = second_above(published, bursary, total_pence)
    # Whoever had approved what was decided before has not approved this.
    bursary.decided_by = bursary.decided_at = bursary.decision_reason = None
    life.note(bursary, decision.reason, actor_id, cause)
    session.add(bursary)
    await session.flush()
    session.add(
        BursaryDecision(
            bursary_id=bursary.id,
            ordinal=bursary.decisions,
            outcome=decision.outcome,
            cause=cause,
            valid_until_on=decision.valid_until,
            inputs=canonical(inputs),
            result=canonical(decision),
            decided_at=clock.now(),
        )
    )
    await session.flush()
    is_open = decision.outcome is Outcome.NEEDS_REVIEW
    questions = reviews.questions_of(decision.criteria, decision.reason) if is_open else {}
    waiting = reviews.Waiting(f"bursary:{bursary.id}", bursary.school_urn, bursary.teacher_id, questions)
    if is_open or bursary.decisions > 1:
        await reviews.wait(session, [waiting])
    if decision.outcome is Outcome.INELIGIBLE:
        await publish(session, BursaryDeclined(**event_facts(bursary), reason=decision.reason))


def second_above(published: Published, bursary: Bursary, total_pence: int) -> int | None:
    """The threshold is for the whole application: of parts none escapes it for being small."""
    threshold = published.policy.second_approval_above_pence
    is_above = threshold is not None and total_pence > threshold
    return 0 if is_above and bursary.part is not None else threshold


async def announce_application(session: AsyncSession, bursary: Bursary) -> None:
    """Tell that it was applied for."""
    facts = event_facts(bursary)
    await publish(session, BursaryApplied(**facts, policy=bursary.policy, policy_version=bursary.policy_version))


def event_facts(bursary: Bursary) -> dict[str, UUID | int]:
    """What every event of a bursary says."""
    return {
        "bursary_id": bursary.id,
        "teacher_id": bursary.teacher_id,
        "booking_id": bursary.booking_id,
        "amount_pence": bursary.amount_pence,
    }
