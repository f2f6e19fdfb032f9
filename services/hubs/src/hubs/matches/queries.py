"""Reading the match queue."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, String, Subquery, and_, case, func, literal, select, union
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.completions.models import CompletionReport, MatchDecision, PartnerLearner
from hubs.matches.errors import MatchNotFound
from hubs.matches.schemas import MatchFilter
from hubs.sets import any_of
from hubs.teachers.models import Teacher

MOST_CANDIDATES = 5
MOST_WAITING = 100
CLUES = ("named_by_partner", "same_number_elsewhere", "same_school")
"""The strongest first. A school's teachers are many: the school alone proves nothing."""

Match = dict[str, Any]
NO_CODES = literal([], ARRAY(String))
_waits = CompletionReport.state == "queued"
_status = case(
    (PartnerLearner.teacher_id.is_not(None), literal("linked")),
    (PartnerLearner.set_aside == "not_ours", literal("not_ours")),
    (PartnerLearner.set_aside == "split", literal("split")),
    else_=literal("waiting"),
)


def _due_before(now: datetime, due_days: int) -> datetime:
    return now - timedelta(days=due_days)


def _own(caller: Principal) -> ColumnElement[bool]:
    if caller.kind == "partner":
        return PartnerLearner.organisation_id == caller.organisation_id
    return literal(True)


def _matches(caller: Principal, due_before: datetime) -> AnySelect:
    oldest = func.min(CompletionReport.received_at).filter(_waits)
    return (
        select(
            PartnerLearner.id,
            PartnerLearner.organisation_id,
            PartnerLearner.external_learner_id,
            PartnerLearner.claimed_teacher_id,
            PartnerLearner.school_urn,
            PartnerLearner.first_seen_at,
            _status.label("status"),
            func.count().filter(_waits).label("waiting"),
            oldest.label("waiting_since_at"),
            func.coalesce(oldest < due_before, False).label("is_overdue"),
            func.coalesce(func.array_agg(CompletionReport.activity_code.distinct()).filter(_waits), NO_CODES).label(
                "activity_codes"
            ),
        )
        .join(CompletionReport, CompletionReport.learner_id == PartnerLearner.id)
        .where(_own(caller))
        .group_by(PartnerLearner.id)
    )


async def list_matches(
    reader: AsyncConnection, caller: Principal, wanted: MatchFilter, page: PageOf, due_days: int, now: datetime
) -> Sequence[Match]:
    """Learners in the order they were first met, one row more than the page holds. A partner sees its own."""
    query = _matches(caller, _due_before(now, due_days)).order_by(PartnerLearner.id).limit(page.limit + 1)
    if wanted.status == "waiting":
        # Also what is left of a split number waits.
        query = query.where(PartnerLearner.teacher_id.is_(None), _waits)
    else:
        query = query.where(_status == wanted.status)
    if wanted.organisation_id:
        query = query.where(PartnerLearner.organisation_id == wanted.organisation_id)
    if wanted.is_overdue is not None:
        oldest = func.min(CompletionReport.received_at).filter(_waits)
        query = query.having(func.coalesce(oldest < _due_before(now, due_days), False).is_(wanted.is_overdue))
    if (after := page.after_as(UUID)) is not None:
        query = query.where(PartnerLearner.id > after[0])
    return await _with_candidates(reader, caller, (await reader.execute(query)).all(), due_days)


async def find_match(reader: AsyncConnection, caller: Principal, match_id: UUID, due_days: int, now: datetime) -> Match:
    """One learner with what waits and what was decided, or MatchNotFound."""
    rows = (
        await reader.execute(_matches(caller, _due_before(now, due_days)).where(PartnerLearner.id == match_id))
    ).all()
    if not rows:
        raise MatchNotFound("No match has this id.")
    [match] = await _with_candidates(reader, caller, rows, due_days)
    waiting = (
        select(CompletionReport.external_id, CompletionReport.activity_code, CompletionReport.received_at)
        .where(CompletionReport.learner_id == match_id, _waits)
        .order_by(CompletionReport.received_at, CompletionReport.id)
        .limit(MOST_WAITING)
    )
    decided = (
        select(MatchDecision.__table__).where(MatchDecision.learner_id == match_id).order_by(MatchDecision.id.desc())
    )
    found = {"completions": (await reader.execute(waiting)).all(), "decisions": []}
    if caller.kind != "partner":
        found["decisions"] = (await reader.execute(decided)).all()
    return match | found


async def _with_candidates(
    reader: AsyncConnection, caller: Principal, rows: Sequence[AnyRow], due_days: int
) -> list[Match]:
    # Whom a partner does not know by our number, it does not learn from us.
    open_ids = [row.id for row in rows if row.status in ("waiting", "split")]
    candidates = {} if caller.kind == "partner" or not open_ids else await _candidates(reader, open_ids)
    return [
        dict(row._mapping)
        | {
            "due_at": row.waiting_since_at + timedelta(days=due_days) if row.waiting_since_at else None,
            "candidates": candidates.get(row.id, []),
        }
        for row in rows
    ]


async def _candidates(reader: AsyncConnection, match_ids: Collection[UUID]) -> dict[UUID, list[Match]]:
    """Teachers for whom something speaks, by learner: first those for whom most does, at most five."""
    learner, elsewhere, linked = PartnerLearner, aliased(PartnerLearner), aliased(PartnerLearner)
    pairs = _pairs(match_ids)
    same_number = select(elsewhere.id).where(_same_number(elsewhere), elsewhere.teacher_id == Teacher.id).exists()
    is_linked = (
        select(linked.id)
        .where(linked.teacher_id == Teacher.id, linked.organisation_id == learner.organisation_id)
        .exists()
    )
    query = (
        select(
            pairs.c.learner_id,
            Teacher.id.label("teacher_id"),
            Teacher.school_urn,
            Teacher.phase,
            func.coalesce(learner.claimed_teacher_id == Teacher.id, False).label("named_by_partner"),
            same_number.label("same_number_elsewhere"),
            func.coalesce(learner.school_urn == Teacher.school_urn, False).label("same_school"),
            is_linked.label("is_linked"),
        )
        .select_from(pairs)
        .join(learner, learner.id == pairs.c.learner_id)
        .join(Teacher, Teacher.id == pairs.c.teacher_id)
    )
    found: dict[UUID, list[Match]] = defaultdict(list)
    for row in await reader.execute(query):
        clues = [clue for clue in CLUES if row._mapping[clue]]
        found[row.learner_id].append(dict(row._mapping) | {"clues": clues})
    return {one: sorted(those, key=_rank)[:MOST_CANDIDATES] for one, those in found.items()}


def _pairs(match_ids: Collection[UUID]) -> Subquery:
    """Learners and teachers that have anything to do with each other: one query for each clue, each by its index."""
    learner, other = PartnerLearner, aliased(PartnerLearner)
    ways = [
        select(learner.id.label("learner_id"), Teacher.id.label("teacher_id"))
        .join(Teacher, clue)
        .where(any_of(learner.id, match_ids))
        for clue in (learner.claimed_teacher_id == Teacher.id, learner.school_urn == Teacher.school_urn)
    ]
    by_number = (
        select(learner.id, other.teacher_id)
        .join(other, and_(_same_number(other), other.teacher_id.is_not(None)))
        .where(any_of(learner.id, match_ids))
    )
    return union(*ways, by_number).subquery()


def _same_number(other: type[PartnerLearner]) -> ColumnElement[bool]:
    return and_(
        other.external_learner_id == PartnerLearner.external_learner_id,
        other.organisation_id != PartnerLearner.organisation_id,
    )


def _rank(candidate: Match) -> tuple[list[bool], bool, UUID]:
    return [not candidate[clue] for clue in CLUES], candidate["is_linked"], candidate["teacher_id"]


async def count_matches(reader: AsyncConnection, caller: Principal, due_days: int, now: datetime) -> Sequence[AnyRow]:
    """What waits, by partner: learners, completions, learners who wait too long, and since when the first."""
    due = CompletionReport.received_at < _due_before(now, due_days)
    query = (
        select(
            PartnerLearner.organisation_id,
            func.count(PartnerLearner.id.distinct()).label("learners"),
            func.count().label("completions"),
            func.count(case((due, PartnerLearner.id)).distinct()).label("overdue_learners"),
            func.min(CompletionReport.received_at).label("oldest_at"),
        )
        .join(CompletionReport, CompletionReport.learner_id == PartnerLearner.id)
        .where(PartnerLearner.teacher_id.is_(None), _waits, _own(caller))
        .group_by(PartnerLearner.organisation_id)
        .order_by(PartnerLearner.organisation_id)
    )
    return (await reader.execute(query)).all()
