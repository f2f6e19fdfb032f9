"""Opens a task for each fact that a decision could not do without; it is settled once nothing waits for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from funding.policies.conditions import CriterionResult, Met
from funding.reviews.errors import ReviewIsSettled, ReviewNotFound
from funding.reviews.models import ReviewStatus, ReviewTask, ReviewWait

DUE = timedelta(days=10)
"""By when somebody should have found out."""
OF_TEACHER = "teacher."
NO_ROW = "policy.row"
"""In place of a fact, when every fact is known and no published row covers the case."""


@dataclass(frozen=True)
class Waiting:
    """A decision with what it could not do without: question by fact; nothing when it is settled."""

    subject: str
    school_urn: str
    teacher_id: UUID
    questions: Mapping[str, str]


def questions_of(criteria: Iterable[CriterionResult], reason: str) -> dict[str, str]:
    """What is to be found out, by fact, for a decision that needs review."""
    open_ones = [one for one in criteria if one.outcome is Met.UNKNOWN]
    found = {fact: one.title for one in open_ones for fact in one.fact.split(" × ")}
    return found or {NO_ROW: reason}


async def wait(session: AsyncSession, waiting: Sequence[Waiting]) -> None:
    """Let these decisions wait for exactly these facts: opens what is missing, settles what nothing waits for."""
    if not waiting:
        return
    tasks = await _open_tasks(session, waiting)
    subjects = [one.subject for one in waiting]
    kept = [(one.subject, tasks[key]) for one in waiting for key in _keys(one)]
    before = (
        await session.execute(select(ReviewWait.task_id, ReviewWait.subject).where(ReviewWait.subject.in_(subjects)))
    ).all()
    gone = {(row.subject, row.task_id) for row in before} - set(kept)
    if kept:
        now = clock.now()
        rows = [{"task_id": task, "subject": subject, "since_at": now} for subject, task in kept]
        await session.execute(insert(ReviewWait).on_conflict_do_nothing(), rows)
    for subject, task in gone:
        await session.execute(delete(ReviewWait).where(ReviewWait.subject == subject, ReviewWait.task_id == task))
    await _settle(session, {task for _, task in gone})


async def forget(session: AsyncSession, subjects: Collection[str]) -> None:
    """These decisions wait for nothing any more."""
    if not subjects:
        return
    gone = delete(ReviewWait).where(ReviewWait.subject.in_(subjects)).returning(ReviewWait.task_id)
    await _settle(session, set(await session.scalars(gone)))


async def forget_quotes(session: AsyncSession, school_urn: str) -> None:
    """Something has become known of a school: its quotes ask no more, because the next one is priced anew."""
    of_school = select(ReviewTask.id).where(ReviewTask.school_urn == school_urn, ReviewTask.status == ReviewStatus.OPEN)
    gone = delete(ReviewWait).where(ReviewWait.task_id.in_(of_school), ReviewWait.subject.startswith("quote:"))
    await _settle(session, set(await session.scalars(gone.returning(ReviewWait.task_id))))


_OLD_QUOTES = text(
    "DELETE FROM review_wait WHERE (task_id, subject) IN (SELECT w.task_id, w.subject FROM review_wait w "
    "JOIN quote q ON w.subject = 'quote:' || q.id WHERE q.valid_until_at < :now LIMIT :most "
    "FOR UPDATE OF w SKIP LOCKED) RETURNING task_id"
)


async def forget_old_quotes(session: AsyncSession, most: int) -> int:
    """Quotes that hold no longer ask nothing; how many did."""
    tasks = list(await session.scalars(_OLD_QUOTES, {"now": clock.now(), "most": most}))
    await _settle(session, set(tasks))
    return len(tasks)


async def assign(session: AsyncSession, caller: Principal, task_id: UUID, owner_id: UUID | None) -> None:
    """Give a task to somebody, or put it back into the queue; ReviewNotFound, ReviewIsSettled."""
    task = await session.get(ReviewTask, task_id, with_for_update=True, populate_existing=True)
    if task is None:
        raise ReviewNotFound(task_id)
    if task.status != ReviewStatus.OPEN:
        raise ReviewIsSettled("The fact is known by now, or nothing waits for it.")
    task.owner_id, task.owned_at = owner_id, None if owner_id is None else clock.now()
    await session.flush()
    owner = None if owner_id is None else str(owner_id)
    await audit.record(session, caller, "review.assigned", f"review:{task_id}", {"owner_id": owner})


TaskKey = tuple[str, UUID | None, str]


def _keys(one: Waiting) -> list[TaskKey]:
    return [(one.school_urn, one.teacher_id if fact.startswith(OF_TEACHER) else None, fact) for fact in one.questions]


async def _open_tasks(session: AsyncSession, waiting: Sequence[Waiting]) -> dict[TaskKey, UUID]:
    """The open task of every key, made where there is none; in one order, so that no two wait for each other."""
    questions = {key: one.questions[key[2]] for one in waiting for key in _keys(one)}
    if not questions:
        return {}
    now, due_on = clock.now(), clock.today() + DUE
    rows = [
        {
            "id": new_id(),
            "school_urn": urn,
            "teacher_id": teacher_id,
            "fact": fact,
            "question": questions[urn, teacher_id, fact],
            "status": ReviewStatus.OPEN,
            "opened_at": now,
            "due_on": due_on,
        }
        for urn, teacher_id, fact in sorted(questions, key=lambda key: (key[0], str(key[1]), key[2]))
    ]
    await session.execute(insert(ReviewTask).on_conflict_do_nothing(), rows)
    table = ReviewTask.__table__.c
    held = select(table.id, table.school_urn, table.teacher_id, table.fact).where(
        table.status == ReviewStatus.OPEN, table.school_urn.in_({key[0] for key in questions})
    )
    found = {(row.school_urn, row.teacher_id, row.fact): row.id for row in await session.execute(held)}
    return {key: found[key] for key in questions}


async def _settle(session: AsyncSession, tasks: Collection[UUID]) -> None:
    if not tasks:
        return
    waited_for = exists().where(ReviewWait.task_id == ReviewTask.id)
    settled = update(ReviewTask).where(ReviewTask.id.in_(tasks), ReviewTask.status == ReviewStatus.OPEN, ~waited_for)
    await session.execute(
        settled.values(status=ReviewStatus.SETTLED, settled_at=func.clock_timestamp()).execution_options(
            synchronize_session=False
        )
    )
