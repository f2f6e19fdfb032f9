"""Reading certificates."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.certificates.models import Certificate


async def of_teacher(connection: AsyncConnection, teacher_id: UUID | None) -> list[RowMapping]:
    """A teacher's certificates, oldest first."""
    query = select(Certificate.__table__).where(Certificate.teacher_id == teacher_id)
    return list((await connection.execute(query.order_by(Certificate.awarded_at, Certificate.id))).mappings())
