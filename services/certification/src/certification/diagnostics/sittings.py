"""Sitting a diagnostic with breaks: answers are saved as they are given, under the version that it began with."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.diagnostics import queries, service
from certification.diagnostics.errors import AnswersDoNotFit, SittingFinished, SittingNotFound
from certification.diagnostics.fixed_form import read_definition
from certification.diagnostics.models import DiagnosticResponse, DiagnosticSitting
from certification.diagnostics.outcomes import concluded
from certification.diagnostics.paths import AnswersRefused, Way, saved, way_of
from certification.diagnostics.rules import Questionnaire
from certification.diagnostics.schemas import AnswerGiven, DiagnosticResultOut
from certification.teachers.service import lock_log
from chassis import clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal

Told = dict[str, Any]


def told_of(sitting: Mapping[str, Any], way: Way) -> Told:
    """What its teacher sees of a sitting."""
    answers = [AnswerGiven(question=question, answer=answer) for question, answer in way.answered]
    return {**sitting, "answers": answers, "next_question": way.next_question}


async def shown(reader: AsyncConnection, row: RowMapping) -> Told:
    """What its teacher sees of a stored sitting."""
    diagnostic = await queries.version_of(reader, row["diagnostic"], row["version"])
    return told_of(dict(row), way_of(read_definition(diagnostic["definition"]), dict(row["way"])))


async def begin(session: AsyncSession, caller: Principal, slug: str) -> Told:
    """Begin to sit a diagnostic, or go on with the sitting that is open. DiagnosticNotFound."""
    assert caller.id is not None
    diagnostic = await queries.in_force(session, slug, clock.today())
    await lock_log(session, caller.id)
    is_open = DiagnosticSitting.finished_at.is_(None)
    own = select(DiagnosticSitting).where(DiagnosticSitting.teacher_id == caller.id)
    sitting = (await session.scalars(own.where(DiagnosticSitting.diagnostic == slug, is_open))).one_or_none()
    if sitting is None:
        at = clock.now()
        sitting = DiagnosticSitting(
            id=new_id(),
            teacher_id=caller.id,
            diagnostic=slug,
            version=diagnostic["version"],
            revision=1,
            way=[],
            began_at=at,
            saved_at=at,
        )
        session.add(sitting)
        await session.flush()
    return told_of(_columns(sitting), _way(await _questionnaire(session, sitting), sitting))


async def save(
    session: AsyncSession, caller: Principal, sitting_id: UUID, answers: Sequence[AnswerGiven], seen: int
) -> Told:
    """Keep answers. SittingNotFound, SittingFinished, StaleVersion; AnswersDoNotFit for a question not on the way."""
    sitting = await _open(session, caller, sitting_id)
    require_version(sitting.revision, seen)
    before = dict(_pairs(sitting))
    try:
        given = ((one.question, one.answer) for one in answers)
        way = saved(await _questionnaire(session, sitting), before, given)
    except AnswersRefused as refused:
        raise AnswersDoNotFit(str(refused)) from refused
    sitting.way = [list(pair) for pair in way.answered]
    sitting.saved_at = clock.now()
    sitting.revision += 1
    kept = dict(way.answered)
    return told_of(_columns(sitting), way) | {"dropped": [number for number in before if number not in kept]}


async def finish(session: AsyncSession, caller: Principal, sitting_id: UUID) -> DiagnosticResultOut:
    """Work out and keep the result; AnswersDoNotFit while there is something to ask. A repeat answers the same."""
    sitting = await _own(session, caller, sitting_id)
    if sitting.response_id is not None:
        return await service.out(session, await session.get_one(DiagnosticResponse, sitting.response_id))
    diagnostic = await queries.version_of(session, sitting.diagnostic, sitting.version)
    questionnaire = read_definition(diagnostic["definition"])
    try:
        result = concluded(questionnaire, _way(questionnaire, sitting))
    except AnswersRefused as refused:
        raise AnswersDoNotFit(str(refused)) from refused
    response = await service.keep(session, sitting.teacher_id, diagnostic, result)
    sitting.finished_at, sitting.response_id = clock.now(), response.id
    sitting.revision += 1
    return await service.out(session, response)


async def give_up(session: AsyncSession, caller: Principal, sitting_id: UUID) -> None:
    """Forget a sitting that is open. SittingNotFound, SittingFinished."""
    await session.delete(await _open(session, caller, sitting_id))


async def _own(session: AsyncSession, caller: Principal, sitting_id: UUID) -> DiagnosticSitting:
    assert caller.id is not None
    await lock_log(session, caller.id)
    own = (DiagnosticSitting.id == sitting_id) & (DiagnosticSitting.teacher_id == caller.id)
    sitting = (await session.scalars(select(DiagnosticSitting).where(own))).one_or_none()
    if sitting is None:
        raise SittingNotFound
    return sitting


async def _open(session: AsyncSession, caller: Principal, sitting_id: UUID) -> DiagnosticSitting:
    sitting = await _own(session, caller, sitting_id)
    if sitting.finished_at is not None:
        raise SittingFinished
    return sitting


async def _questionnaire(session: AsyncSession, sitting: DiagnosticSitting) -> Questionnaire:
    return read_definition((await queries.version_of(session, sitting.diagnostic, sitting.version))["definition"])


def _pairs(sitting: DiagnosticSitting) -> list[tuple[int, int]]:
    return [(question, answer) for question, answer in sitting.way]


def _way(questionnaire: Questionnaire, sitting: DiagnosticSitting) -> Way:
    return way_of(questionnaire, dict(_pairs(sitting)))


def _columns(sitting: DiagnosticSitting) -> Told:
    return {column.key: getattr(sitting, column.key) for column in DiagnosticSitting.__table__.columns}
