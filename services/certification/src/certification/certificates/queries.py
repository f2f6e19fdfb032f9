"""Reading certificates."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.certificates.models import Certificate


async def by_digest(connection: AsyncConnection, digest: bytes) -> Certificate | None:
    """The certificate with the code of this digest."""
    query = select(Certificate.__table__).where(Certificate.code_digest == digest)
    found = (await connection.execute(query)).mappings().one_or_none()
    return Certificate(**found) if found else None


async def of_teacher(connection: AsyncConnection, teacher_id: UUID | None) -> list[RowMapping]:
    """A teacher's certificates, oldest first."""
    query = select(Certificate.__table__).where(Certificate.teacher_id == teacher_id)
    return list((await connection.execute(query.order_by(Certificate.awarded_at, Certificate.id))).mappings())
