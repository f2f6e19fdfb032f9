"""Taking a diagnostic: every attempt is kept, the first earns."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.credits.service import Report, record_activities
from certification.diagnostics import queries
from certification.diagnostics.errors import AnswersDoNotFit
from certification.diagnostics.models import DiagnosticResponse, Pathway
from certification.diagnostics.rules import AnswersRefused, Questionnaire, Result, result_of
from certification.diagnostics.schemas import AnswerGiven, DiagnosticResultOut, PathwayOut
from certification.schemes.rules import ActivityKind
from certification.teachers.service import lock_log
from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from contracts.certification import DiagnosticCompleted


async def submit(
    session: AsyncSession, teacher_id: UUID, slug: str, answers: Sequence[AnswerGiven]
) -> DiagnosticResultOut:
    """Evaluate and keep an attempt; AnswersDoNotFit when the answers are not answers to the questions."""
    diagnostic = await queries.in_force(session, slug, clock.today())
    result = _result(Questionnaire.model_validate(diagnostic["definition"]), answers)
    await lock_log(session, teacher_id)
    is_first = not await _has_taken(session, teacher_id, slug)
    response = DiagnosticResponse(
        id=new_id(),
        teacher_id=teacher_id,
        diagnostic=slug,
        version=diagnostic["version"],
        answers=list(result.answers),
        score=result.score,
        pathway=result.pathway,
        reason=result.reason,
        submitted_at=clock.now(),
    )
    session.add(response)
    await session.flush()
    if is_first:
        await _complete(session, response, diagnostic["activity"])
    return await _out(session, response)


def _result(questionnaire: Questionnaire, answers: Sequence[AnswerGiven]) -> Result:
    given = {answer.question: answer.answer for answer in answers}
    if len(given) < len(answers):
        raise AnswersDoNotFit("A question is answered twice.")
    try:
        return result_of(questionnaire, given)
    except AnswersRefused as refused:
        raise AnswersDoNotFit(str(refused)) from refused


async def _has_taken(session: AsyncSession, teacher_id: UUID, slug: str) -> bool:
    taken = exists().where(DiagnosticResponse.teacher_id == teacher_id, DiagnosticResponse.diagnostic == slug)
    return bool(await session.scalar(select(taken)))


async def _complete(session: AsyncSession, response: DiagnosticResponse, activity: str) -> None:
    """The first attempt completes the diagnostic: it is announced and earns credits."""
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
        activity_key=f"diagnostic:{response.diagnostic}",
        activity=activity,
        occurred_on=clock.today(),
        source=f"diagnostic-response:{response.id}",
    )
    await record_activities(session, [report])


async def _out(session: AsyncSession, response: DiagnosticResponse) -> DiagnosticResultOut:
    pathway = await session.get_one(Pathway, response.pathway)
    return DiagnosticResultOut(
        id=response.id,
        diagnostic=response.diagnostic,
        version=response.version,
        score=response.score,
        reason=response.reason,
        pathway=PathwayOut.model_validate(pathway),
        submitted_at=response.submitted_at,
    )
