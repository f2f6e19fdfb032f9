"""Taking a diagnostic: every attempt is kept, the first earns."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.service import Report, record_activities
from certification.diagnostics import queries
from certification.diagnostics.errors import AnswersDoNotFit
from certification.diagnostics.fixed_form import read_definition
from certification.diagnostics.models import DiagnosticResponse, Pathway
from certification.diagnostics.outcomes import Result, result_of
from certification.diagnostics.paths import AnswersRefused
from certification.diagnostics.schemas import AnswerGiven, DiagnosticResultOut, DimensionOut, PathwayOut, pairs
from certification.schemes.rules import ActivityKind
from certification.teachers.service import lock_log
from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import DiagnosticCompleted


async def submit(
    session: AsyncSession, teacher_id: UUID, slug: str, answers: Sequence[AnswerGiven]
) -> DiagnosticResultOut:
    """Evaluate and keep an attempt; AnswersDoNotFit when the answers are not answers to the questions.

    Answers to questions that the others do not lead to are left out.
    """
    diagnostic = await queries.in_force(session, slug, clock.today())
    given = {answer.question: answer.answer for answer in answers}
    if len(given) < len(answers):
        raise AnswersDoNotFit("A question is answered twice.")
    try:
        result = result_of(read_definition(diagnostic["definition"]), given)
    except AnswersRefused as refused:
        raise AnswersDoNotFit(str(refused)) from refused
    await lock_log(session, teacher_id)
    return await out(session, await keep(session, teacher_id, diagnostic, result))


async def keep(session: AsyncSession, teacher_id: UUID, diagnostic: RowMapping, result: Result) -> DiagnosticResponse:
    """Keep a result; the first of its diagnostic completes it. The caller holds the teacher's log."""
    is_first = not await _has_taken(session, teacher_id, diagnostic["slug"])
    response = DiagnosticResponse(
        id=new_id(),
        teacher_id=teacher_id,
        diagnostic=diagnostic["slug"],
        version=diagnostic["version"],
        answers=list(result.answers),
        asked=[question for question, _ in result.way],
        scored=[DimensionOut.of(one).model_dump() for one in result.scored],
        score=result.score,
        pathway=result.pathway,
        reason=result.reason,
        submitted_at=clock.now(),
    )
    session.add(response)
    await session.flush()
    if is_first:
        await _complete(session, response, diagnostic)
    return response


async def _has_taken(session: AsyncSession, teacher_id: UUID, slug: str) -> bool:
    taken = exists().where(DiagnosticResponse.teacher_id == teacher_id, DiagnosticResponse.diagnostic == slug)
    return bool(await session.scalar(select(taken)))


async def _complete(session: AsyncSession, response: DiagnosticResponse, diagnostic: RowMapping) -> None:
    """The first attempt completes the diagnostic: it is announced and earns credits, if none like it has."""
    completed = DiagnosticCompleted(
        teacher_id=response.teacher_id,
        diagnostic=response.diagnostic,
        diagnostic_version=response.version,
        pathway=response.pathway,
    )
    await publish(session, completed)
    report = Report(
        teacher_id=response.teacher_id,
        kind=ActivityKind.DIAGNOSTIC,
        activity_key=f"diagnostic:{diagnostic['counts_as'] or response.diagnostic}",
        activity=diagnostic["activity"],
        occurred_on=clock.today(),
        source=f"diagnostic-response:{response.id}",
    )
    await record_activities(session, [report])


async def out(session: AsyncSession, response: DiagnosticResponse) -> DiagnosticResultOut:
    """A kept result as its teacher sees it."""
    pathway = await session.get_one(Pathway, response.pathway)
    return DiagnosticResultOut(
        id=response.id,
        diagnostic=response.diagnostic,
        version=response.version,
        score=response.score,
        dimensions=[DimensionOut.model_validate(one) for one in response.scored or ()],
        answers=pairs(response.asked, response.answers),
        reason=response.reason,
        pathway=PathwayOut.model_validate(pathway),
        submitted_at=response.submitted_at,
    )


def result_in(row: RowMapping) -> DiagnosticResultOut:
    """The same from a row of `queries.responses`."""
    pathway = {"slug": row["pathway"], "title": row["pathway_title"]}
    return DiagnosticResultOut.model_validate(
        {
            **row,
            "dimensions": row["scored"] or [],
            "answers": pairs(row["asked"], row["answers"]),
            "pathway": {**pathway, "courses": row["courses"], "community": row["community"]},
        }
    )
