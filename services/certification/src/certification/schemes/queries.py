"""Reading schemes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.schemes.errors import SchemeNotFound, SchemeVersionNotFound
from certification.schemes.models import Scheme, SchemeCase, SchemeVersion
from certification.schemes.rules import in_force
from certification.schemes.schemas import SchemeOut, SchemeVersionDetail, SchemeVersionOut

ALL = select(Scheme.__table__).order_by(Scheme.slug)
ALL_VERSIONS = select(SchemeVersion.__table__).order_by(SchemeVersion.scheme, SchemeVersion.version)


async def all_schemes(connection: AsyncConnection) -> list[SchemeOut]:
    """Every scheme with its versions."""
    versions: dict[str, list[SchemeVersionOut]] = {}
    for row in await connection.execute(ALL_VERSIONS):
        versions.setdefault(row.scheme, []).append(SchemeVersionOut.model_validate(row))
    schemes = (await connection.execute(ALL)).mappings()
    return [SchemeOut.model_validate({**row, "versions": versions.get(row["slug"], [])}) for row in schemes]


async def all_versions(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Every version of every scheme, by scheme and number."""
    return (await connection.execute(ALL_VERSIONS)).all()


async def one_scheme(connection: AsyncConnection, slug: str) -> SchemeOut:
    """A scheme with its versions, or SchemeNotFound."""
    scheme = (await connection.execute(select(Scheme.__table__).where(Scheme.slug == slug))).mappings().one_or_none()
    if scheme is None:
        raise SchemeNotFound(slug)
    versions = (await connection.execute(ALL_VERSIONS.where(SchemeVersion.scheme == slug))).mappings().all()
    return SchemeOut.model_validate({**scheme, "versions": versions})


async def one_version(connection: AsyncConnection, slug: str, number: int) -> SchemeVersionDetail:
    """A version of a scheme with its cases, or SchemeVersionNotFound."""
    this = (SchemeVersion.scheme == slug, SchemeVersion.version == number)
    row = (await connection.execute(ALL_VERSIONS.where(*this))).mappings().one_or_none()
    if row is None:
        raise SchemeVersionNotFound(slug, number)
    cases = select(SchemeCase.document).where(SchemeCase.scheme == slug, SchemeCase.version == number)
    documents = (await connection.execute(cases.order_by(SchemeCase.name))).scalars().all()
    return SchemeVersionDetail.model_validate({**row, "cases": documents})


async def core_scheme(session: AsyncSession, phase: str) -> Scheme | None:
    """The scheme that teachers of a phase are enrolled in when they register; some phases have none."""
    query = select(Scheme).where(Scheme.enrols_on_registration, Scheme.phases.contains([phase]))
    return (await session.scalars(query.order_by(Scheme.slug).limit(1))).one_or_none()


async def version_in_force(session: AsyncSession, scheme: str, on: date) -> SchemeVersion:
    """The version of a scheme in force on a day, or SchemeNotFound."""
    begun = select(SchemeVersion).where(SchemeVersion.scheme == scheme, SchemeVersion.standing == "in_force")
    versions = (await session.scalars(begun)).all()
    found = in_force(versions, on)
    if found is None:
        raise SchemeNotFound(scheme)
    return found
