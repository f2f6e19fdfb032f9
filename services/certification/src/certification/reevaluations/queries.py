"""Reading re-evaluations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.reevaluations.errors import ReEvaluationNotFound
from certification.reevaluations.models import ReEvaluation, ReEvaluationFinding
from certification.reevaluations.schemas import Outcome, ReEvaluationOut
from chassis.paging import PageOf

ALL = select(ReEvaluation.__table__)
Runner = AsyncConnection | AsyncSession


async def with_counts(runner: Runner, rows: Sequence[RowMapping]) -> list[ReEvaluationOut]:
    """Re-evaluations, each with its people by outcome."""
    columns = (ReEvaluationFinding.re_evaluation_id, ReEvaluationFinding.outcome)
    query = select(*columns, func.count().label("people")).group_by(*columns)
    found = query.where(ReEvaluationFinding.re_evaluation_id.in_([row["id"] for row in rows]))
    counts: dict[UUID, dict[str, int]] = {}
    for re_evaluation_id, outcome, people in await runner.execute(found):
        counts.setdefault(re_evaluation_id, {})[outcome] = people
    return [ReEvaluationOut.model_validate({**row, "counts": counts.get(row["id"], {})}) for row in rows]


async def listed(connection: AsyncConnection, page: PageOf, scheme: str | None) -> list[ReEvaluationOut]:
    """Re-evaluations, latest first."""
    query = ALL.order_by(ReEvaluation.id.desc()).limit(page.limit + 1)
    if scheme:
        query = query.where(ReEvaluation.scheme == scheme)
    after = page.after_as(UUID)
    if after:
        query = query.where(ReEvaluation.id < after[0])
    return await with_counts(connection, (await connection.execute(query)).mappings().all())


async def one(runner: Runner, re_evaluation_id: UUID) -> ReEvaluationOut:
    """A re-evaluation, or ReEvaluationNotFound."""
    rows = (await runner.execute(ALL.where(ReEvaluation.id == re_evaluation_id))).mappings().all()
    if not rows:
        raise ReEvaluationNotFound
    return (await with_counts(runner, rows))[0]


async def findings(
    connection: AsyncConnection, re_evaluation_id: UUID, outcome: Outcome | None, page: PageOf
) -> list[RowMapping]:
    """What was found about each person, by person; ReEvaluationNotFound."""
    await one(connection, re_evaluation_id)
    query = select(ReEvaluationFinding.__table__).where(ReEvaluationFinding.re_evaluation_id == re_evaluation_id)
    if outcome:
        query = query.where(ReEvaluationFinding.outcome == outcome)
    after = page.after_as(UUID)
    if after:
        query = query.where(ReEvaluationFinding.teacher_id > after[0])
    query = query.order_by(ReEvaluationFinding.teacher_id).limit(page.limit + 1)
    return list((await connection.execute(query)).mappings())
