"""Reading documents of groups. Who may is part of every query."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.files.findings import MEDIA_TYPES
from chassis.principal import Principal
from hubs.group_documents.errors import GroupDocumentNotFound
from hubs.group_documents.models import GroupDocument
from hubs.group_spaces.access import open_to
from hubs.groups.access import overseen_by
from hubs.groups.models import ProjectGroup

Reading = AsyncConnection | AsyncSession


def read_by(caller: Principal) -> ColumnElement[bool]:
    """Groups whose documents the caller reads: they are of it, staff its hub, or lead or evaluate its network."""
    return or_(open_to(caller), overseen_by(caller))


def told(row: RowMapping) -> dict[str, Any]:
    """A row as the API tells it."""
    return {**row, "sha256": row["sha256"].hex(), "media_type": MEDIA_TYPES[row["kind"]]}


async def of_group(reader: Reading, caller: Principal, group_id: UUID) -> list[dict[str, Any]]:
    """The documents of a group, oldest first; GroupDocumentNotFound where they are not the caller's to read."""
    group = select(ProjectGroup.id).where(ProjectGroup.id == group_id, read_by(caller))
    if (await reader.execute(group)).one_or_none() is None:
        raise GroupDocumentNotFound("There is no such group of yours.")
    query = select(GroupDocument.__table__).where(
        GroupDocument.group_id == group_id, GroupDocument.removed_at.is_(None)
    )
    rows = (await reader.execute(query.order_by(GroupDocument.uploaded_at, GroupDocument.id))).mappings()
    return [told(row) for row in rows]


async def count(session: AsyncSession, group_id: UUID) -> int:
    """How many documents a group has."""
    of_it = select(func.count()).where(GroupDocument.group_id == group_id, GroupDocument.removed_at.is_(None))
    return (await session.execute(of_it)).scalar_one()


async def one_to_open(session: AsyncSession, caller: Principal, group_id: UUID, document_id: UUID) -> RowMapping:
    """A document that the caller may read, and whether they are of its group; GroupDocumentNotFound."""
    query = (
        select(GroupDocument.__table__, open_to(caller).label("is_of_group"))
        .join(ProjectGroup, ProjectGroup.id == GroupDocument.group_id)
        .where(ProjectGroup.id == group_id, GroupDocument.id == document_id)
        .where(GroupDocument.removed_at.is_(None), read_by(caller))
    )
    found = (await session.execute(query)).mappings().one_or_none()
    if found is None:
        raise GroupDocumentNotFound("There is no such document of a group of yours.")
    return found
