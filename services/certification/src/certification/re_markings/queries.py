"""Reading re-markings."""

from uuid import UUID

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.question_banks.models import Assessment, Question
from certification.question_banks.queries import is_kept_by
from certification.question_banks.schemas import QuestionContent
from certification.re_markings.errors import ReMarkingNotFound
from certification.re_markings.models import ReMarking
from certification.re_markings.schemas import ReMarkingOut
from chassis.paging import PageOf
from chassis.principal import Principal

Runner = AsyncConnection | AsyncSession


def _kept(caller: Principal) -> Select[tuple[object, ...]]:
    query = select(*ReMarking.__table__.columns, Question.name.label("question"), Question.content)
    query = query.join(Question, Question.id == ReMarking.question_id)
    return query.join(Assessment, Assessment.slug == ReMarking.assessment).where(is_kept_by(caller))


def _out(row: RowMapping) -> ReMarkingOut:
    options = QuestionContent.model_validate(row["content"]).options
    right = None if row["right_options"] is None else [options[place] for place in row["right_options"]]
    return ReMarkingOut.model_validate({**row, "right": right})


async def listed(connection: AsyncConnection, caller: Principal, page: PageOf, assessment: str) -> list[ReMarkingOut]:
    """Re-markings at an assessment of the caller's organisation, oldest first."""
    query = _kept(caller).where(ReMarking.assessment == assessment)
    after = page.after_as(UUID)
    if after:
        query = query.where(ReMarking.id > after[0])
    rows = await connection.execute(query.order_by(ReMarking.id).limit(page.limit + 1))
    return [_out(row) for row in rows.mappings()]


async def one(runner: Runner, caller: Principal, re_marking_id: UUID) -> ReMarkingOut:
    """A re-marking at an assessment of the caller's organisation, or ReMarkingNotFound."""
    found = (await runner.execute(_kept(caller).where(ReMarking.id == re_marking_id))).mappings().one_or_none()
    if found is None:
        raise ReMarkingNotFound
    return _out(found)
