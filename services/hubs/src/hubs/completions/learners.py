"""Partners' learners: met in batches, linked by what the partner says of them.

Whatever changes learners or reports of a partner holds the partner first (`hold_partner`), so that one thing happens to
it after another. Before that, whoever relies on a teacher being unknown holds that teacher's news (`hold_news_of`).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, String, Uuid, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from chassis import clock
from chassis.db import UtcDateTime
from chassis.ids import new_id
from hubs.base import AnySelect
from hubs.completions.models import PartnerLearner, SetAside
from hubs.completions.rules import Row as JudgedRow
from hubs.sets import any_of, rows_of
from hubs.teachers.service import known_teachers

COLUMNS = [
    "id",
    "organisation_id",
    "external_learner_id",
    "teacher_id",
    "claimed_teacher_id",
    "school_urn",
    "first_seen_at",
    "linked_at",
]
BUCKETS = 64
"""So many locks stand for all teachers of whom there is no news yet."""

LearnerRow = Row[UUID, str, UUID | None, UUID | None, SetAside | None]
Claims = dict[str, tuple[UUID | None, str | None]]
"""By the partner's number: whom the partner says it is, and at which school."""


async def hold_partner(session: AsyncSession, organisation_ids: Iterable[UUID]) -> None:
    """Wait until nobody else changes these partners' reports, and keep everybody else waiting until the end."""
    for organisation_id in sorted(organisation_ids):
        key = func.hashtextextended(f"completions of {organisation_id}", 0)
        await session.execute(select(func.pg_advisory_xact_lock(key)))


async def hold_news_of(session: AsyncSession, teacher_ids: Iterable[UUID], *, shared: bool) -> None:
    """Let no news of these teachers come in between; shared among those who only rely on there being none."""
    lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
    for bucket in sorted({one.int % BUCKETS for one in teacher_ids}):
        await session.execute(select(lock(func.hashtextextended(f"claims {bucket}", 0))))


def claims_of(rows: Iterable[JudgedRow]) -> Claims:
    """What a batch says of learners, the first word on each counting."""
    claims: Claims = {}
    for row in rows:
        if (number := row.item.external_learner_id) is not None:
            teacher_id, school_urn = claims.get(number, (None, None))
            claims[number] = teacher_id or row.item.teacher_id, school_urn or row.item.school_urn
    return claims


async def hold_unknown(session: AsyncSession, claims: Claims) -> None:
    """Hold the news of teachers that the claims name and of whom nothing was heard."""
    named = {teacher_id for teacher_id, _ in claims.values() if teacher_id}
    unknown = named - await known_teachers(session, named) if named else set()
    await hold_news_of(session, unknown, shared=True)


async def meet_learners(session: AsyncSession, organisation_id: UUID, claims: Claims) -> dict[str, LearnerRow]:
    """The learners of a batch by the partner's number, met for the first time or again, their rows held."""
    if not claims:
        return {}
    named = {teacher_id for teacher_id, _ in claims.values() if teacher_id}
    known = await known_teachers(session, named) if named else frozenset[UUID]()
    met = insert(PartnerLearner).from_select(COLUMNS, _learner_rows(organisation_id, claims, known, clock.now()))
    # What a person decided, no statement of the partner overrules.
    linkable = PartnerLearner.set_aside.is_(None)
    changes: dict[str, ColumnElement[Any]] = {
        name: case((linkable, func.coalesce(getattr(PartnerLearner, name), met.excluded[name])), else_=None)
        for name in ("teacher_id", "linked_at")
    }
    claimed = func.coalesce(PartnerLearner.claimed_teacher_id, met.excluded.claimed_teacher_id)
    school = func.coalesce(met.excluded.school_urn, PartnerLearner.school_urn)
    news = or_(
        *(PartnerLearner.__table__.c[name].is_distinct_from(value) for name, value in changes.items()),
        PartnerLearner.claimed_teacher_id.is_distinct_from(claimed),
        PartnerLearner.school_urn.is_distinct_from(school),
    )
    changes |= {"claimed_teacher_id": claimed, "school_urn": school}
    index = [PartnerLearner.organisation_id, PartnerLearner.external_learner_id]
    await session.execute(met.on_conflict_do_update(index_elements=index, set_=changes, where=news))
    return await _learners(session, organisation_id, claims)


async def _learners(session: AsyncSession, organisation_id: UUID, numbers: Collection[str]) -> dict[str, LearnerRow]:
    mine = PartnerLearner.organisation_id == organisation_id
    found = await session.execute(
        select(
            PartnerLearner.id,
            PartnerLearner.external_learner_id,
            PartnerLearner.teacher_id,
            PartnerLearner.claimed_teacher_id,
            PartnerLearner.set_aside,
        ).where(mine, any_of(PartnerLearner.external_learner_id, numbers))
    )
    return {row.external_learner_id: row for row in found}


def _learner_rows(organisation_id: UUID, claims: Claims, known: Collection[UUID], now: datetime) -> AnySelect:
    ordered: Sequence[tuple[str, tuple[UUID | None, str | None]]] = sorted(claims.items())
    new = rows_of(
        "new",
        {
            "id": (Uuid(), [new_id() for _ in ordered]),
            "external_learner_id": (String(), [number for number, _ in ordered]),
            "teacher_id": (Uuid(), [claim if claim in known else None for _, (claim, _) in ordered]),
            "claimed_teacher_id": (Uuid(), [claim for _, (claim, _) in ordered]),
            "school_urn": (String(), [school for _, (_, school) in ordered]),
        },
    ).c
    return select(
        new.id,
        literal(organisation_id, Uuid),
        new.external_learner_id,
        new.teacher_id,
        new.claimed_teacher_id,
        new.school_urn,
        literal(now, UtcDateTime),
        case((new.teacher_id.is_not(None), literal(now, UtcDateTime))),
    )
