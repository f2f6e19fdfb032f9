"""From the staging table to the register: what differs is written, and told of when it decides something."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Database
from chassis.outbox import publish
from contracts.hubs import SchoolChanged
from hubs.base import AnyRow
from hubs.school_history.service import remember
from hubs.school_imports.models import (
    LINK_STAGING,
    RECORD_COLUMNS,
    SCHOOL_STAGING,
    SchoolImport,
    SchoolImportRemark,
)
from hubs.schools.models import School, SchoolLink, Trust, TrustMembership
from hubs.schools.news import school_changed
from hubs.sets import any_of

BATCH = 1000
"""Schools per transaction, and so events."""
SCHOOL = cast(Table, School.__table__)
LINK = cast(Table, SchoolLink.__table__)
_STAGED = SCHOOL_STAGING.c
_NOT_COLUMNS = {"source", "as_of_on", "is_in_england", "local_authority_code", "trust_codes"}
DECIDING = [name for name in SchoolChanged.model_fields if name not in _NOT_COLUMNS] + [
    "country",
    "la_code",
    "trust_code",
]
"""Facts whose change is told: whatever the event says, less where it is from."""


async def apply(database: Database, run: SchoolImport) -> None:
    """Bring the register to what was staged, batch by batch; then mark what the extract no longer lists."""
    after = ""
    while True:
        async with database.transaction() as session:
            urns = await _different(session, after)
            if not urns:
                break
            await _apply_batch(session, run, urns)
        after = urns[-1]
    async with database.transaction() as session:
        staged = await session.scalar(select(func.count()).select_from(SCHOOL_STAGING)) or 0
        run.schools_unchanged = staged - run.schools_added - run.schools_changed
        run.schools_missing = await _mark_missing(session, run)


async def _different(session: AsyncSession, after: str) -> Sequence[str]:
    """The next schools, by URN, that are new or not as staged."""
    query = (
        select(_STAGED.urn)
        .outerjoin(SCHOOL, School.urn == _STAGED.urn)
        .where(_STAGED.urn > after, _STAGED.row_hash.is_distinct_from(School.row_hash))
        .order_by(_STAGED.urn)
        .limit(BATCH)
    )
    return (await session.scalars(query)).all()


async def _apply_batch(session: AsyncSession, run: SchoolImport, urns: Sequence[str]) -> None:
    wanted = any_of(School.urn, urns)
    before = {row.urn: row for row in await session.execute(select(SCHOOL).where(wanted).with_for_update())}
    columns = [*RECORD_COLUMNS, "as_of_on"]
    chosen = select(*(_STAGED[name] for name in RECORD_COLUMNS), literal(run.as_of_on)).where(_among(urns))
    offered = insert(SCHOOL).from_select(columns, chosen.order_by(_STAGED.urn))
    kept = {name: offered.excluded[name] for name in columns if name != "urn"} | {"missing_since_on": None}
    written = offered.on_conflict_do_update(index_elements=[SCHOOL.c.urn], set_=kept).returning(SCHOOL)
    rows = (await session.execute(written)).all()
    await remember(session, wanted, "import", run.as_of_on, run.id)
    await _apply_trusts(session, run, urns)
    told = [row for row in rows if decides(before.get(row.urn), row)]
    await publish(session, *(school_changed(row._mapping) for row in told))
    run.schools_added += len(rows) - len(before)
    run.schools_changed += len(before)
    run.events_published += len(told)


def _among(urns: Sequence[str]) -> ColumnElement[bool]:
    return any_of(cast(Any, _STAGED.urn), urns)


def decides(before: AnyRow | None, after: AnyRow) -> bool:
    """Whether a fact differs that somebody decides by."""
    if before is None or before.row_hash is None:  # what no import had written said nothing of trusts
        return True
    return any(getattr(before, name) != getattr(after, name) for name in DECIDING)


async def _apply_trusts(session: AsyncSession, run: SchoolImport, urns: Sequence[str]) -> None:
    """End memberships that the extract no longer states, begin those it newly states."""
    named = select(_STAGED.trust_code, func.min(_STAGED.trust_name)).where(
        _among(urns), _STAGED.trust_code.is_not(None)
    )
    trusts = insert(Trust).from_select(
        ["code", "name"], named.group_by(_STAGED.trust_code).order_by(_STAGED.trust_code)
    )
    name = trusts.excluded.name
    await session.execute(
        trusts.on_conflict_do_update(index_elements=[Trust.code], set_={"name": name}, where=Trust.name != name)
    )
    left = and_(
        TrustMembership.school_urn == _STAGED.urn,
        TrustMembership.until_on.is_(None),
        TrustMembership.trust_code.is_distinct_from(_STAGED.trust_code),
    )
    await session.execute(update(TrustMembership).where(left, _among(urns)).values(until_on=run.as_of_on))
    going_on = exists().where(TrustMembership.school_urn == _STAGED.urn, TrustMembership.until_on.is_(None))
    joined = select(_STAGED.urn, _STAGED.trust_code, literal(run.as_of_on)).where(
        _among(urns), _STAGED.trust_code.is_not(None), ~going_on
    )
    begun = insert(TrustMembership).from_select(["school_urn", "trust_code", "since_on"], joined)
    # The same day's extract, corrected twice, may end a membership and begin it again.
    key = [TrustMembership.school_urn, TrustMembership.trust_code, TrustMembership.since_on]
    await session.execute(begun.on_conflict_do_update(index_elements=key, set_={"until_on": None}))


async def _mark_missing(session: AsyncSession, run: SchoolImport) -> int:
    """Remember which schools the extract no longer lists, and which it lists again; how many are missing now.

    Only schools of the sources that the extract has, so that invented schools do not go missing from the real register.
    A refused row is a listed one.
    """
    staged = exists().where(_STAGED.urn == School.urn)
    refused = exists().where(SchoolImportRemark.import_id == run.id, SchoolImportRemark.urn == School.urn)
    listed = or_(staged, refused)
    same_source = School.source.in_(select(_STAGED.source).distinct())
    gone = update(School).where(same_source, ~listed, School.missing_since_on.is_(None))
    marks = [gone.values(missing_since_on=run.as_of_on)]
    marks.append(update(School).where(listed, School.missing_since_on.is_not(None)).values(missing_since_on=None))
    for mark in marks:
        marked = mark.returning(School.urn).execution_options(synchronize_session=False)
        if urns := (await session.scalars(marked)).all():
            await remember(session, any_of(School.urn, urns), "import", run.as_of_on, run.id)
    missing = select(func.count()).select_from(School).where(same_source, School.missing_since_on.is_not(None))
    return await session.scalar(missing) or 0


async def apply_links(session: AsyncSession) -> list[Mapping[str, Any]]:
    """Bring the links to what was staged; those of schools we do not hold are returned, as lines refused."""
    staged = LINK_STAGING.c
    ours = exists().where(School.urn == staged.urn)
    strangers = await session.execute(select(staged.line, staged.urn).where(~ours).order_by(staged.line))
    columns = [column.name for column in LINK.columns]
    offered = insert(LINK).from_select(columns, select(*(staged[name] for name in columns)).where(ours))
    new = {name: offered.excluded[name] for name in ("kind", "established_on")}
    await session.execute(offered.on_conflict_do_update(index_elements=list(LINK.primary_key.columns), set_=new))
    kept = and_(*(staged[column.name] == column for column in LINK.primary_key.columns))
    await session.execute(delete(LINK).where(~exists().where(kept)))
    return [
        {"line": row.line, "urn": row.urn, "reasons": ["URN: the register holds no such school"]} for row in strangers
    ]
