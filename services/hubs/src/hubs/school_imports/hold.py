"""Whether an extract would change so much that a second person should look at it first.

A file that was cut off, or one with a column moved, looks to an importer like thousands of schools closing at once.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hubs.school_imports.apply import DECIDING
from hubs.school_imports.models import SCHOOL_STAGING, SchoolImport, SchoolImportRemark
from hubs.schools.models import School
from hubs.settings import Settings

_STAGED, _HELD = SCHOOL_STAGING.c, School.__table__.c
EXAMPLES = 20
DECIDED_ELSEWHERE = {"is_state_funded", "urn"}
"""Verdicts on types have a second person of their own."""


@dataclass(frozen=True)
class Limits:
    """Shares of the schools we hold, in percent, and the number below which nothing is held."""

    closing_percent: float
    changing_percent: float
    least: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """As the installation has them."""
        return cls(
            settings.import_hold_closing_percent, settings.import_hold_changing_percent, settings.import_hold_least
        )


def why_to_hold(changes: dict[str, int], limits: Limits) -> str | None:
    """The reason in plain English, or None when the extract may be applied."""
    known, gone = changes["known"], changes["closing"] + changes["missing"]
    if gone >= limits.least and gone * 100 > known * limits.closing_percent:
        return (
            f"{gone:,} of {known:,} schools would close or no longer be listed; "
            f"more than {limits.closing_percent:g}% needs a second person."
        )
    if changes["deciding"] >= limits.least and changes["deciding"] * 100 > known * limits.changing_percent:
        return (
            f"Facts that decide something would change of {changes['deciding']:,} of {known:,} schools; "
            f"more than {limits.changing_percent:g}% needs a second person."
        )
    return None


async def count_changes(session: AsyncSession, run: SchoolImport) -> None:
    """Compare what was staged with what is held, and keep in `run` how many schools would change how."""
    deciding = [name for name in DECIDING if name in _STAGED and name not in DECIDED_ELSEWHERE]
    differs = _STAGED.row_hash.is_distinct_from(_HELD.row_hash)
    imported = _HELD.row_hash.is_not(None)  # what was only ever seeded is meant to be written over
    decides = and_(imported, differs, or_(*(_STAGED[name].is_distinct_from(_HELD[name]) for name in deciding)))
    counted = select(
        _times(_HELD.urn.is_(None)).label("added"),
        _times(and_(imported, differs)).label("changed"),
        _times(decides).label("deciding"),
        _times(_closes()).label("closing"),
    ).select_from(SCHOOL_STAGING.outerjoin(School.__table__, _HELD.urn == _STAGED.urn))
    row = (await session.execute(counted)).one()
    counts = {name: int(value or 0) for name, value in row._mapping.items()}
    known = await session.scalar(select(func.count()).select_from(School).where(_is_known()))
    missing = await session.scalar(select(func.count()).select_from(School).where(_goes_missing(run)))
    run.changes = {"known": known or 0, **counts, "missing": missing or 0}
    closing = select(_STAGED.urn).join(School.__table__, _HELD.urn == _STAGED.urn).where(_closes())
    gone = select(School.urn).where(_goes_missing(run))
    run.examples = {
        "closing": list(await session.scalars(closing.order_by(_STAGED.urn).limit(EXAMPLES))),
        "missing": list(await session.scalars(gone.order_by(School.urn).limit(EXAMPLES))),
    }


def _times(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((what, 1), else_=0), type_=Integer)


def _closes() -> ColumnElement[bool]:
    return and_(_HELD.row_hash.is_not(None), _HELD.is_open, ~_STAGED.is_open)


def _is_known() -> ColumnElement[bool]:
    """Imported before, still listed then, and of a source that the extract has."""
    same_source = School.source.in_(select(_STAGED.source).distinct())
    return and_(same_source, School.row_hash.is_not(None), School.missing_since_on.is_(None))


def _goes_missing(run: SchoolImport) -> ColumnElement[bool]:
    staged = exists().where(_STAGED.urn == School.urn)
    refused = exists().where(SchoolImportRemark.import_id == run.id, SchoolImportRemark.urn == School.urn)
    return and_(_is_known(), ~staged, ~refused)
