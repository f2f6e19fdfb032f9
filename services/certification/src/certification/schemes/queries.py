"""Reading schemes."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.schemes.errors import SchemeNotFound
from certification.schemes.models import Scheme, SchemeVersion
from certification.schemes.rules import in_force
from certification.schemes.schemas import SchemeOut, SchemeVersionOut

ALL = select(Scheme.__table__).order_by(Scheme.slug)
ALL_VERSIONS = select(SchemeVersion.__table__).order_by(SchemeVersion.scheme, SchemeVersion.version)


async def all_schemes(connection: AsyncConnection) -> list[SchemeOut]:
    """Every scheme with its versions."""
    versions: dict[str, list[SchemeVersionOut]] = {}
    for row in await connection.execute(ALL_VERSIONS):
        versions.setdefault(row.scheme, []).append(SchemeVersionOut.model_validate(row))
    schemes = (await connection.execute(ALL)).mappings()
    return [SchemeOut.model_validate({**row, "versions": versions.get(row["slug"], [])}) for row in schemes]


async def core_scheme(session: AsyncSession, phase: str) -> Scheme | None:
    """The scheme that teachers of a phase are enrolled in when they register; some phases have none."""
    query = select(Scheme).where(Scheme.enrols_on_registration, Scheme.phases.contains([phase]))
    return (await session.scalars(query.order_by(Scheme.slug).limit(1))).one_or_none()


async def version_in_force(session: AsyncSession, scheme: str, on: date) -> SchemeVersion:
    """The version of a scheme in force on a day, or SchemeNotFound."""
    versions = (await session.scalars(select(SchemeVersion).where(SchemeVersion.scheme == scheme))).all()
    found = in_force(versions, on)
    if found is None:
        raise SchemeNotFound(scheme)
    return found
