"""Loading the catalogue from the reference file."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.models import Activity
from certification.activities.schemas import ActivityRecord
from certification.reference import read
from chassis.service import Progress


async def seed_activities(session: AsyncSession, progress: Progress) -> None:
    """Load or refresh the catalogue; activities that left the file stay, because credits refer to them."""
    records = read("activities.json", ActivityRecord)
    row = insert(Activity)
    changes = {
        column.name: row.excluded[column.name] for column in Activity.__table__.columns if not column.primary_key
    }
    upsert = row.on_conflict_do_update(index_elements=["code"], set_=changes)
    await session.execute(upsert, [record.model_dump() for record in records])
    progress(len(records), len(records))
