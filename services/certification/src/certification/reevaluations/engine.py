"""Doing a re-evaluation, batch by batch. Each batch is one transaction, so that a crash loses and doubles nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.queries import facts_by_code
from certification.certificates.reviews import Ground, open_review
from certification.credits.accounts import rules_of
from certification.credits.known import NOTHING_KNOWN, known_of
from certification.credits.records import done_by_teacher
from certification.credits.restating import restate
from certification.enrolments.models import Enrolment
from certification.progress.rules import missing_from
from certification.reevaluations.models import ReEvaluation, ReEvaluationFinding
from certification.reevaluations.schemas import Action, Outcome, ReEvaluationStatus
from certification.reevaluations.service import OPEN
from certification.schemes.evaluation import evaluate
from certification.schemes.rules import SchemeRules
from certification.teachers.service import lock_logs
from chassis import clock

BATCH = 250
"""People at a time: as many are in memory, and as many logs are held while they are moved."""


@dataclass(frozen=True)
class Person:
    """What was found about somebody."""

    teacher_id: UUID
    from_version: int
    outcome: Outcome
    is_awarded: bool
    missing: str


async def advance(session: AsyncSession, batch: int = BATCH) -> bool:
    """Do the next batch of the oldest re-evaluation that nobody is at; False when there is none."""
    waiting = select(ReEvaluation).where(ReEvaluation.status.in_(OPEN)).order_by(ReEvaluation.id).limit(1)
    job = (await session.scalars(waiting.with_for_update(skip_locked=True))).one_or_none()
    if job is None:
        return False
    job.status = ReEvaluationStatus.RUNNING
    job.started_at = job.started_at or clock.now()
    enrolled = await _next_people(session, job, batch)
    if enrolled:
        people = await _look(session, job, enrolled)
        moved = await _act(session, job, people)
        rows = [{"re_evaluation_id": job.id, "was_moved": one.teacher_id in moved, **vars(one)} for one in people]
        await session.execute(insert(ReEvaluationFinding), rows)
        job.done += len(people)
        # Registrations whose news arrived since belong to those who were enrolled then.
        job.total = max(job.total, job.done)
        job.moved += len(moved)
        job.cursor = people[-1].teacher_id
    if len(enrolled) < batch:
        job.status, job.finished_at, job.total = ReEvaluationStatus.FINISHED, clock.now(), job.done
    return True


async def _next_people(session: AsyncSession, job: ReEvaluation, batch: int) -> list[tuple[UUID, int]]:
    """Teachers behind the cursor, with the versions they have, whose logs are held where they may be changed."""
    query = select(Enrolment.teacher_id).where(Enrolment.scheme == job.scheme)
    query = query.where(Enrolment.enrolled_at <= job.requested_at)
    if job.cursor is not None:
        query = query.where(Enrolment.teacher_id > job.cursor)
    teachers = list((await session.scalars(query.order_by(Enrolment.teacher_id).limit(batch))).all())
    if teachers and job.action != Action.DRY_RUN:
        await lock_logs(session, teachers)
    pinned = select(Enrolment.teacher_id, Enrolment.scheme_version).where(
        Enrolment.scheme == job.scheme, Enrolment.teacher_id.in_(teachers)
    )
    rows = await session.execute(pinned.order_by(Enrolment.teacher_id))
    return [(row.teacher_id, row.scheme_version) for row in rows]


async def _look(session: AsyncSession, job: ReEvaluation, enrolled: Sequence[tuple[UUID, int]]) -> list[Person]:
    teachers = [teacher_id for teacher_id, _ in enrolled]
    own = {version: await rules_of(session, job.scheme, version) for version in {version for _, version in enrolled}}
    target = SchemeRules.model_validate(job.rules) if job.rules is not None else None
    known = await known_of(session, teachers)
    done = await done_by_teacher(session, teachers, await facts_by_code(session))
    people = []
    for teacher_id, version in enrolled:
        about = known.get(teacher_id, NOTHING_KNOWN)
        is_awarded = job.scheme in about.awarded
        besides, activities = about.besides(job.scheme), done.get(teacher_id, [])
        after = evaluate(target or own[version], activities, besides)
        was_complete = is_awarded or (target is not None and evaluate(own[version], activities, besides).is_complete)
        missing = " ".join(missing_from(target or own[version], after, besides))
        outcome = _outcome(was_complete=was_complete, is_complete=after.is_complete)
        people.append(Person(teacher_id, version, outcome, is_awarded, missing))
    return people


def _outcome(*, was_complete: bool, is_complete: bool) -> Outcome:
    if was_complete:
        return Outcome.STAYS_COMPLETE if is_complete else Outcome.WOULD_LOSE
    return Outcome.WOULD_COMPLETE if is_complete else Outcome.STAYS_INCOMPLETE


async def _act(session: AsyncSession, job: ReEvaluation, people: Sequence[Person]) -> set[UUID]:
    """Move or recheck whom the action is about, and put certificates that lost their ground before a person."""
    if job.action == Action.DRY_RUN:
        return set()
    moved = {one.teacher_id: one.from_version for one in people if _is_to_move(job, one)}
    if moved:
        moving = update(Enrolment).where(Enrolment.scheme == job.scheme, Enrolment.teacher_id.in_(moved))
        await session.execute(moving.values(scheme_version=job.version))
    before = {version: await rules_of(session, job.scheme, version) for version in set(moved.values())}
    whom = [one.teacher_id for one in people] if job.action == Action.RECHECK else list(moved)
    if whom:
        await restate(session, job.scheme, whom, {teacher: before[version] for teacher, version in moved.items()})
    for one in people:
        if one.is_awarded and one.outcome is Outcome.WOULD_LOSE and job.action != Action.MIGRATE_IF_BETTER:
            await open_review(session, one.teacher_id, job.scheme, Ground(re_evaluation_id=job.id))
    return set(moved)


def _is_to_move(job: ReEvaluation, one: Person) -> bool:
    """A holder keeps the version that the certificate was earned under."""
    if one.is_awarded or one.from_version == job.version:
        return False
    better = one.outcome is Outcome.WOULD_COMPLETE
    return job.action == Action.MIGRATE_ALL or (job.action == Action.MIGRATE_IF_BETTER and better)
