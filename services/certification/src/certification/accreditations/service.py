"""Keeping what projects accredit people as."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.accreditations.models import Accreditation
from contracts.networks import ParticipationRecorded

TABLE: Table = Accreditation.metadata.tables["accreditation"]


async def record_participation(session: AsyncSession, event: ParticipationRecorded) -> None:
    """Keep what a participation gives by its latest revision. One that never gave anything leaves no trace."""
    if event.accreditation is None and event.revision == 1:
        return
    told = {
        "accreditation": event.accreditation,
        "recorded_on": event.recorded_on,
        "revision": event.revision,
    }
    row = insert(TABLE).values(
        participation_id=event.participation_id,
        teacher_id=event.person_id,
        network=event.network,
        project_code=event.project_code,
        project_year=event.project_year,
        **told,
    )
    newer = TABLE.c.revision < row.excluded.revision
    await session.execute(row.on_conflict_do_update(index_elements=["participation_id"], set_=told, where=newer))


async def accreditations_of(reader: AsyncConnection, person_ids: Sequence[UUID]) -> Sequence[Row[tuple[object, ...]]]:
    """What somebody holds, the newest first."""
    query = select(TABLE).where(TABLE.c.teacher_id.in_(person_ids), TABLE.c.accreditation.is_not(None))
    return (await reader.execute(query.order_by(TABLE.c.recorded_on.desc(), TABLE.c.participation_id))).all()
