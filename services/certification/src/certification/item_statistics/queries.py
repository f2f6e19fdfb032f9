"""Working out figures of questions, in the database: papers are many and figures few."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Float, RowMapping, Select, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.assessments.models import AssessmentAttempt, AttemptItem
from certification.assessments.rules import AttemptStatus
from certification.item_statistics.rules import Figures, flags_of
from certification.item_statistics.schemas import AssessmentFigures, OptionFigures, QuestionFigures
from certification.question_banks.errors import AssessmentNotFound
from certification.question_banks.models import BankQuestion, Question, QuestionBank
from certification.question_banks.queries import questions_of
from certification.question_banks.schemas import BankContent, BankStatus, QuestionContent

PLACES = 3


async def figures(connection: AsyncConnection, assessment: str, version: int | None) -> AssessmentFigures:
    """Figures of an assessment's published version, the newest when none is named; AssessmentNotFound."""
    published = select(QuestionBank.__table__).where(
        QuestionBank.assessment == assessment, QuestionBank.status == BankStatus.PUBLISHED
    )
    if version is not None:
        published = published.where(QuestionBank.version == version)
    newest = published.order_by(QuestionBank.version.desc()).limit(1)
    bank = (await connection.execute(newest)).mappings().one_or_none()
    if bank is None:
        raise AssessmentNotFound
    least = BankContent.model_validate(bank["content"]).limits.statistics_from
    rows = {row["question_id"]: row for row in (await connection.execute(_items(bank["id"]))).mappings()}
    chosen = await _chosen(connection, bank["id"])
    questions = await questions_of(connection, bank["id"])
    overall = (await connection.execute(_overall(assessment))).mappings().one()
    is_shown = overall["attempts"] >= least
    return AssessmentFigures(
        assessment=assessment,
        version=bank["version"],
        shown_from=least,
        attempts=overall["attempts"],
        passed_share=_rounded(overall["passed_share"]) if is_shown else None,
        mean_percent=_rounded(overall["mean_percent"]) if is_shown else None,
        questions=[_question(one, rows.get(one["id"]), chosen[one["id"]], least) for one in questions],
    )


def _overall(assessment: str) -> Select[tuple[object, ...]]:
    marked = AssessmentAttempt.status == AttemptStatus.MARKED
    return select(
        func.count().label("attempts"),
        func.avg(case((AssessmentAttempt.outcome == "passed", 1.0), else_=0.0)).label("passed_share"),
        func.avg(AssessmentAttempt.percent).label("mean_percent"),
    ).where(AssessmentAttempt.assessment == assessment, marked)


def _of_marked(query: Select[tuple[object, ...]], bank_id: UUID) -> Select[tuple[object, ...]]:
    """Items of marked papers whose question is in a bank."""
    query = query.join(AssessmentAttempt, AssessmentAttempt.id == AttemptItem.attempt_id)
    query = query.join(BankQuestion, BankQuestion.question_id == AttemptItem.question_id)
    return query.where(BankQuestion.bank_id == bank_id, AssessmentAttempt.status == AttemptStatus.MARKED)


def _items(bank_id: UUID) -> Select[tuple[object, ...]]:
    share = cast(AttemptItem.marks_awarded, Float) / Question.marks
    others_awarded = AssessmentAttempt.marks_awarded - AttemptItem.marks_awarded
    others_possible = AssessmentAttempt.marks_possible - Question.marks
    rest = cast(others_awarded, Float) / func.nullif(others_possible, 0)
    median = func.percentile_cont(0.5).within_group(AttemptItem.seconds_spent)
    columns = (
        AttemptItem.question_id,
        func.count().label("shown"),
        func.count(AttemptItem.answer).label("answered"),
        func.avg(share).label("facility"),
        func.corr(share, rest).label("discrimination"),
        median.label("median_seconds"),
    )
    query = select(*columns).select_from(AttemptItem).join(Question, Question.id == AttemptItem.question_id)
    return _of_marked(query, bank_id).group_by(AttemptItem.question_id)


async def _chosen(connection: AsyncConnection, bank_id: UUID) -> defaultdict[UUID, dict[int, int]]:
    """By question how often each option was chosen, by its place in the question."""
    place = func.unnest(AttemptItem.answer).label("place")
    each = _of_marked(select(AttemptItem.question_id, place).select_from(AttemptItem), bank_id).subquery()
    query = select(each.c.question_id, each.c.place, func.count()).group_by(each.c.question_id, each.c.place)
    found: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
    for question_id, option, count in await connection.execute(query):
        found[question_id][option] = count
    return found


def _question(question: RowMapping, row: RowMapping | None, chosen: dict[int, int], least: int) -> QuestionFigures:
    content = QuestionContent.model_validate(question["content"])
    facts = {name: question[name] for name in ("topic", "difficulty", "is_retired")}
    shown = row["shown"] if row else 0
    if row is None or shown < least:
        nothing = dict.fromkeys(("answered", "facility", "discrimination", "median_seconds"))
        return QuestionFigures(question=question["name"], **facts, shown=shown, **nothing, options=[], flags=[])
    options = [
        OptionFigures(text=text, is_right=place < len(content.right), chosen=chosen.get(place, 0))
        for place, text in enumerate(content.options)
    ]
    told = Figures(
        shown=shown,
        answered=row["answered"],
        facility=row["facility"],
        discrimination=row["discrimination"],
        wrong_shares=[one.chosen / shown for one in options if not one.is_right],
    )
    return QuestionFigures(
        question=question["name"],
        **facts,
        shown=shown,
        answered=told.answered,
        facility=_rounded(told.facility),
        discrimination=_rounded(told.discrimination),
        median_seconds=row["median_seconds"],
        options=options,
        flags=flags_of(told),
    )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(float(figure), PLACES)
