"""Deciding who a learner is, and taking that back.

Each decision is kept with its reason and by whom it was made; what it does to completions follows from the reports, as
always (`hubs.completions.settling`).
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.completions.learners import hold_news_of, hold_partner
from hubs.completions.models import CompletionReport, MatchDecision, MatchOutcome, PartnerLearner
from hubs.completions.reports import CHANGED, Key, owner
from hubs.completions.settling import Because, Settled, settle, waiting_keys
from hubs.matches.errors import MatchNotFound, MatchOpen, MatchResolved, NotThisLearners
from hubs.matches.schemas import AssignmentIn, ResolutionIn, ResolutionOut, ReversalOut
from hubs.sets import any_of
from hubs.teachers.errors import TeacherUnknown
from hubs.teachers.service import known_teachers

MATCHED = "It was found out who the learner is."
TEACHER_KNOWN = "The teacher whom the partner named is known now."


async def resolve(session: AsyncSession, caller: Principal, match_id: UUID, word: ResolutionIn) -> ResolutionOut:
    """A person says who the learner is; what waited is settled. The same answer again changes nothing."""
    learner = await _hold(session, match_id)
    if word.outcome == "linked" and word.teacher_id is not None:
        await _link(session, caller, learner, word.teacher_id, word.reason)
    elif word.outcome == "not_ours":
        await _set_aside(session, caller, learner, word.reason)
    else:
        await _split(session, caller, learner, word.assignments, word.reason)
    keys = await waiting_keys(session, [match_id])
    settled = await settle(session, learner.organisation_id, keys, Because(MATCHED, caller.id))
    return _resolution(match_id, word, settled)


def _resolution(match_id: UUID, word: ResolutionIn, settled: Settled) -> ResolutionOut:
    return ResolutionOut(
        id=match_id,
        outcome=word.outcome,
        teacher_id=word.teacher_id,
        recorded=settled.newly("recorded"),
        duplicates=settled.newly("duplicate"),
    )


async def _hold(session: AsyncSession, match_id: UUID) -> PartnerLearner:
    organisation_id = await session.scalar(select(PartnerLearner.organisation_id).where(PartnerLearner.id == match_id))
    if organisation_id is None:
        raise MatchNotFound("No match has this id.")
    await hold_partner(session, [organisation_id])
    return await session.get_one(PartnerLearner, match_id, populate_existing=True)


def _require_open(learner: PartnerLearner) -> None:
    if learner.teacher_id is not None or learner.set_aside not in (None, "unlinked"):
        raise MatchResolved("Something else was decided about this learner; reverse that first.")


async def _link(
    session: AsyncSession, caller: Principal, learner: PartnerLearner, teacher_id: UUID, reason: str | None
) -> None:
    if learner.teacher_id == teacher_id:
        return
    _require_open(learner)
    await _require_known(session, [teacher_id])
    learner.teacher_id, learner.linked_at, learner.linked_by = teacher_id, clock.now(), caller.id
    learner.set_aside = None
    await _decide(session, caller, learner, "linked", reason)


async def _set_aside(session: AsyncSession, caller: Principal, learner: PartnerLearner, reason: str | None) -> None:
    if learner.set_aside == "not_ours":
        return
    _require_open(learner)
    learner.set_aside = "not_ours"
    waiting = (CompletionReport.learner_id == learner.id, CompletionReport.state == "queued")
    await session.execute(update(CompletionReport).where(*waiting).values(state="not_ours", changed_at=CHANGED))
    await _decide(session, caller, learner, "not_ours", reason)


async def _split(
    session: AsyncSession,
    caller: Principal,
    learner: PartnerLearner,
    assignments: Collection[AssignmentIn],
    reason: str | None,
) -> None:
    if learner.set_aside != "split":
        _require_open(learner)
    await _require_known(session, [one.teacher_id for one in assignments])
    teachers = {one.external_id: one.teacher_id for one in assignments}
    waiting = select(CompletionReport).where(
        CompletionReport.learner_id == learner.id,
        CompletionReport.state == "queued",
        any_of(CompletionReport.external_id, teachers),
    )
    reports = (await session.scalars(waiting)).all()
    if unknown := teachers.keys() - {one.external_id for one in reports}:
        raise NotThisLearners(f"These do not wait for this learner: {', '.join(sorted(unknown)[:5])}.")
    for report in reports:
        report.teacher_id = teachers[report.external_id]
    learner.set_aside = "split"
    await _decide(session, caller, learner, "split", reason)


async def _require_known(session: AsyncSession, teacher_ids: Collection[UUID]) -> None:
    if unknown := set(teacher_ids) - await known_teachers(session, teacher_ids):
        raise TeacherUnknown(f"No registered teacher has this id: {min(unknown)}.")


async def _decide(
    session: AsyncSession, caller: Principal, learner: PartnerLearner, outcome: MatchOutcome, reason: str | None
) -> None:
    teacher_id = learner.teacher_id if outcome == "linked" else None
    session.add(
        MatchDecision(
            id=new_id(),
            learner_id=learner.id,
            outcome=outcome,
            teacher_id=teacher_id,
            reason=reason,
            decided_at=clock.now(),
            decided_by=caller.id,
        )
    )
    await session.flush()
    details: dict[str, audit.JSON] = {"outcome": outcome, "reason": reason}
    if teacher_id is not None:
        details["teacher_id"] = str(teacher_id)
    action = "match.reversed" if outcome == "unlinked" else "match.resolved"
    await audit.record(session, caller, action, f"match:{learner.id}", details)


async def reverse(session: AsyncSession, caller: Principal, match_id: UUID, reason: str) -> ReversalOut:
    """Take a decision or the partner's own link back: what counted by it is withdrawn, and all of it waits again."""
    learner = await _hold(session, match_id)
    if learner.teacher_id is None and learner.set_aside in (None, "unlinked"):
        raise MatchOpen("Nothing was decided about this learner.")
    keys = await _counted_keys(session, match_id)
    learner.teacher_id = learner.linked_at = learner.linked_by = None
    learner.set_aside = "unlinked"
    await _decide(session, caller, learner, "unlinked", reason)
    decided = (CompletionReport.learner_id == match_id, CompletionReport.state.not_in(("withdrawn", "below_threshold")))
    counted = CompletionReport.state.in_(("recorded", "duplicate"))
    withdrawn = await session.scalar(select(func.count()).where(*decided, counted))
    values = {"state": "queued", "completion_id": None, "changed_at": CHANGED}
    await session.execute(update(CompletionReport).where(*decided).values(values))
    of_learner = CompletionReport.learner_id == match_id
    await session.execute(update(CompletionReport).where(of_learner).values(teacher_id=None))
    await settle(session, learner.organisation_id, keys, Because(reason[:300], caller.id))
    return ReversalOut(id=match_id, withdrawn=withdrawn or 0)


async def _counted_keys(session: AsyncSession, learner_id: UUID) -> set[Key]:
    query = (
        select(owner, CompletionReport.activity_code)
        .join(PartnerLearner, PartnerLearner.id == CompletionReport.learner_id)
        .where(CompletionReport.learner_id == learner_id, CompletionReport.state.in_(("recorded", "duplicate")))
    )
    return {(teacher, code) for teacher, code in await session.execute(query) if teacher and code}


async def link_claimed_learners(session: AsyncSession, teacher_id: UUID) -> None:
    """A teacher whom partners named before we knew of them is known now: record what waited for them."""
    await hold_news_of(session, [teacher_id], shared=False)
    claimed = (
        PartnerLearner.claimed_teacher_id == teacher_id,
        PartnerLearner.teacher_id.is_(None),
        PartnerLearner.set_aside.is_(None),
    )
    partners = (await session.scalars(select(PartnerLearner.organisation_id).where(*claimed).distinct())).all()
    await hold_partner(session, partners)
    for organisation_id in sorted(partners):
        linked = await session.scalars(
            update(PartnerLearner)
            .where(*claimed, PartnerLearner.organisation_id == organisation_id)
            .values(teacher_id=teacher_id, linked_at=clock.now())
            .returning(PartnerLearner.id)
        )
        keys = await waiting_keys(session, linked.all())
        await settle(session, organisation_id, keys, Because(TEACHER_KNOWN, None))
