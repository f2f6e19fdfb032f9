"""The export for national evaluation: a line for each outcome of each report that was handed in, naming nobody.

Hubs, groups, schools and people appear under pseudonyms that are the same in every export of a network's year, and that
only the key leads to. Texts stay here: people write names into them.
"""

import secrets
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.principal import Principal
from hubs.base import AnyRow
from hubs.directory.models import Hub
from hubs.project_reports.access import overseen_by
from hubs.project_reports.models import EvaluationKey, ProjectReport
from hubs.project_reports.overview import HANDED_IN
from hubs.project_reports.pseudonyms import pseudonym
from hubs.project_reports.schemas import YearFilter
from hubs.spreadsheets import csv_of

Cell = str | int | None
KEY_BYTES = 32
COLUMNS = (
    "network",
    "project_year",
    "project_code",
    "region",
    "hub",
    "group",
    "school",
    "participant",
    "duty",
    "by",
    "status",
    "submitted_on",
    "submissions",
    "outcome",
    "level",
    "reached",
    "out_of",
)


async def export(session: AsyncSession, caller: Principal, wanted: YearFilter) -> bytes:
    """The export as CSV, of a network that the caller oversees; empty for anybody else."""
    query = (
        select(ProjectReport.__table__, Hub.region)
        .outerjoin(Hub, Hub.id == ProjectReport.hub_id)
        .where(
            ProjectReport.network == wanted.network,
            ProjectReport.project_year == wanted.project_year,
            ProjectReport.status.in_(HANDED_IN),
            overseen_by(caller),
        )
        .order_by(ProjectReport.project_code, ProjectReport.id)
    )
    rows = (await session.execute(query)).all()
    key = await _key_of(session, wanted) if rows else b""
    details: dict[str, audit.JSON] = {"project_year": wanted.project_year, "reports": len(rows)}
    await audit.record(session, caller, "project-reports.exported", f"network:{wanted.network}", details)
    return csv_of(COLUMNS, [line for row in rows for line in _lines(row, key)])


def _lines(row: AnyRow, key: bytes) -> Iterator[list[Cell]]:
    known: list[Cell] = [
        row.network,
        row.project_year,
        row.project_code,
        row.region,
        pseudonym(key, "hub", row.hub_id),
        pseudonym(key, "group", row.group_id),
        pseudonym(key, "school", row.urn),
        pseudonym(key, "participant", row.participant_id),
        row.duty,
        row.by,
        row.status,
        row.submitted_at.date().isoformat(),
        row.submissions,
    ]
    for said in row.answers.get("outcomes", []) or [{}]:
        yield [*known, *(said.get(name) for name in ("kind", "level", "reached", "out_of"))]


async def _key_of(session: AsyncSession, wanted: YearFilter) -> bytes:
    """The key of the network's year, made when it is first needed."""
    row = insert(EvaluationKey).values(**wanted.model_dump(), key=secrets.token_bytes(KEY_BYTES))
    await session.execute(row.on_conflict_do_nothing())
    query = select(EvaluationKey.key).where(
        EvaluationKey.network == wanted.network, EvaluationKey.project_year == wanted.project_year
    )
    return (await session.execute(query)).scalar_one()
