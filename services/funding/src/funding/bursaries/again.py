"""Deciding again: any number of bursaries by the same policy versions on the facts of now, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.outbox import publish
from contracts.funding import BursaryDeclined
from funding.bookings.service import placed_bookings
from funding.bursaries.deciding import decide_bursary, event_facts, second_above
from funding.bursaries.gathering import Application, Gathered, gather
from funding.bursaries.locks import lock_all
from funding.bursaries.models import Bursary, BursaryDecision, BursaryStatus
from funding.canonical import canonical
from funding.eligibility.rules import Outcome
from funding.policies import service as policies
from funding.policies.rules import Decision, Inputs, decide, quota_held
from funding.reviews import service as reviews


@dataclass(frozen=True)
class Redecided:
    """What came of one bursary."""

    bursary_id: UUID
    outcome: Outcome
    amount_pence: int
    is_new: bool
    """Whether it differs from the decision before, and was stored."""


@dataclass(frozen=True)
class _Change:
    bursary: Bursary
    inputs: Inputs
    decision: Decision
    result: str
    quota_key: str | None
    quota_at_most: int


async def decide_school_again(session: AsyncSession, school_urn: str, cause: str) -> None:
    """Facts about a school have changed: decide again what needed review.

    The caller holds the school's lock, so that no application of the school is decided on the older facts meanwhile.
    """
    waiting = (Bursary.school_urn == school_urn) & (Bursary.status == BursaryStatus.NEEDS_REVIEW)
    await decide_all_again(session, await lock_all(session, waiting), cause)


async def decide_all_again(session: AsyncSession, bursaries: Sequence[Bursary], cause: str) -> list[Redecided]:
    """Decide these, which nobody has approved, and keep what came out otherwise than before.

    The caller holds them and their schools. What comes to be paid part by part is stored one by one.
    """
    if not bursaries:
        return []
    applications = await applications_of(session, bursaries)
    gathered = await gather(session, list(applications.values()))
    before = await _last_results(session, bursaries)
    changes: list[_Change] = []
    found: list[Redecided] = []
    for bursary in bursaries:
        application = applications[bursary.id]
        inputs = gathered.inputs(application)
        decision = decide(application.published.policy, inputs)
        result = canonical(decision)
        is_new = result != before[bursary.id]
        found.append(Redecided(bursary.id, decision.outcome, decision.amount_pence, is_new))
        if is_new and decision.milestones and bursary.part is None:
            await decide_bursary(session, bursary, application.published, inputs, cause, None)
        elif is_new:
            changes.append(_change(gathered, application, bursary, inputs, decision, result))
    await _store(session, changes, applications, cause)
    details: dict[str, audit.JSON] = {"decided": len(found), "changed": sum(one.is_new for one in found)}
    await audit.record(session, None, "bursary.decided_again", cause, details)
    return found


async def applications_of(session: AsyncSession, bursaries: Sequence[Bursary]) -> dict[UUID, Application]:
    """What each of these is decided from, by the version that decided it first."""
    bookings = await placed_bookings(session, [one.booking_id for one in bursaries])
    versions = {(one.policy, one.policy_version) for one in bursaries}
    published = {key: await policies.find_version(session, *key) for key in versions}
    return {
        one.id: Application(
            one.group_id or one.id,
            published[one.policy, one.policy_version],
            bookings[one.booking_id],
            one.applied_on,
            one.part,
        )
        for one in bursaries
    }


def _change(
    gathered: Gathered, application: Application, bursary: Bursary, inputs: Inputs, decision: Decision, result: str
) -> _Change:
    leads = bursary.group_id in (None, bursary.id)
    held = quota_held(application.published.policy, inputs, decision) if leads else None
    key, at_most = (held.key, held.at_most) if held else (None, 1)
    if leads:
        gathered.hold(bursary.group_id or bursary.id, bursary.quota_key, key)
    return _Change(bursary, inputs, decision, result, key, at_most)


async def _last_results(session: AsyncSession, bursaries: Sequence[Bursary]) -> dict[UUID, str]:
    last = select(BursaryDecision.bursary_id, BursaryDecision.result).join(
        Bursary, (Bursary.id == BursaryDecision.bursary_id) & (Bursary.decisions == BursaryDecision.ordinal)
    )
    rows = await session.execute(last.where(Bursary.id.in_([one.id for one in bursaries])))
    return {row.bursary_id: row.result for row in rows}


_UPDATE = text(
    "UPDATE bursary SET status = v.status, amount_pence = v.amount_pence, fee_pence = v.fee_pence, "
    "quota_key = v.quota_key, quota_at_most = v.quota_at_most, decisions = decisions + 1, "
    "second_approval_above_pence = v.above, decided_by = NULL, decided_at = NULL, decision_reason = NULL, "
    "moved_by = NULL, moved_because = v.reason, moved_cause = :cause, moved_at = :now "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:statuses AS text[]), CAST(:amounts AS bigint[]), "
    "CAST(:fees AS bigint[]), CAST(:keys AS text[]), CAST(:most AS integer[]), CAST(:above AS bigint[]), "
    "CAST(:reasons AS text[])) "
    "AS v (id, status, amount_pence, fee_pence, quota_key, quota_at_most, above, reason) WHERE bursary.id = v.id"
)


async def _store(
    session: AsyncSession, changes: Sequence[_Change], applications: dict[UUID, Application], cause: str
) -> None:
    if not changes:
        return
    now = clock.now()
    rows = [
        {
            "bursary_id": one.bursary.id,
            "ordinal": one.bursary.decisions + 1,
            "outcome": one.decision.outcome,
            "cause": cause,
            "valid_until_on": one.decision.valid_until,
            "inputs": canonical(one.inputs),
            "result": one.result,
            "decided_at": now,
        }
        for one in changes
    ]
    # Quotas are given up before others take them.
    gains = [one for one in changes if _gains(one)]
    for batch in ([one for one in changes if not _gains(one)], gains):
        if batch:
            await session.execute(_UPDATE, _columns(batch, applications) | {"cause": cause, "now": now})
    await session.execute(insert(BursaryDecision), rows)
    await _tell(session, changes)


def _gains(change: _Change) -> bool:
    return change.quota_key not in (None, change.bursary.quota_key)


def _columns(changes: Sequence[_Change], applications: dict[UUID, Application]) -> dict[str, object]:
    return {
        "ids": [one.bursary.id for one in changes],
        "statuses": [str(one.decision.outcome) for one in changes],
        "amounts": [one.decision.amount_pence for one in changes],
        "fees": [one.decision.fee_pence for one in changes],
        "keys": [one.quota_key for one in changes],
        "most": [one.quota_at_most for one in changes],
        "above": [
            second_above(applications[one.bursary.id].published, one.bursary, one.decision.amount_pence)
            for one in changes
        ],
        "reasons": [one.decision.reason for one in changes],
    }


async def _tell(session: AsyncSession, changes: Sequence[_Change]) -> None:
    """Refusals are published, and what is settled waits for nobody any more."""
    declined = [
        BursaryDeclined(
            **(event_facts(one.bursary) | {"amount_pence": one.decision.amount_pence}), reason=one.decision.reason
        )
        for one in changes
        if one.decision.outcome is Outcome.INELIGIBLE
    ]
    for bursary in (one.bursary for one in changes):
        session.expunge(bursary)  # it is older now than its row
    if declined:
        await publish(session, *declined)
    is_open = [one.decision.outcome is Outcome.NEEDS_REVIEW for one in changes]
    settled = [one for one, waits in zip(changes, is_open, strict=True) if not waits]
    waiting = [one for one, waits in zip(changes, is_open, strict=True) if waits]
    await reviews.forget(session, [f"bursary:{one.bursary.id}" for one in settled])
    await reviews.wait(session, [waiting_of(one.bursary, one.decision) for one in waiting])


def waiting_of(bursary: Bursary, decision: Decision) -> reviews.Waiting:
    """What a bursary waits for by its decision: nothing once it is settled."""
    is_open = decision.outcome is Outcome.NEEDS_REVIEW
    questions = reviews.questions_of(decision.criteria, decision.reason) if is_open else {}
    return reviews.Waiting(f"bursary:{bursary.id}", bursary.school_urn, bursary.teacher_id, questions)
