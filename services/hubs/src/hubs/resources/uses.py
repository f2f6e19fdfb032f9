"""Using resources, and what those who used them say: one rating each, added up exactly."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.paging import PageOf
from chassis.principal import Principal
from hubs.base import AnyRow, AnySelect
from hubs.resources.access import is_own
from hubs.resources.errors import (
    CommentDecided,
    CommentNotFound,
    OwnResource,
    ResourceNotFound,
    ResourceWithdrawn,
    UseNotRecorded,
)
from hubs.resources.models import Resource, ResourceUse, ResourceVersion
from hubs.resources.schemas import CommentDecisionIn, RatingIn
from hubs.teachers.service import teacher_of

USE = ResourceUse.__table__


async def record_use(session: AsyncSession, caller: Principal, resource_id: UUID) -> ResourceUse:
    """Note that the calling teacher used the resource as it is published now; recorded again it stays as it was."""
    teacher_id = teacher_of(caller).id
    resource, number = await _held(session, caller, resource_id)
    if (known := await _use_of(session, resource_id, teacher_id)) is not None:
        return known
    use = ResourceUse(resource_id=resource_id, teacher_id=teacher_id, version_number=number, used_at=clock.now())
    session.add(use)
    resource.used_count += 1
    await session.flush()
    return use


async def rate(session: AsyncSession, caller: Principal, resource_id: UUID, word: RatingIn) -> ResourceUse:
    """Give stars to a resource that the caller used, in place of those given before. Raises UseNotRecorded."""
    teacher_id = teacher_of(caller).id
    resource, number = await _held(session, caller, resource_id)
    use = await _use_of(session, resource_id, teacher_id)
    if use is None:
        raise UseNotRecorded("A resource is rated by those who used it; PUT …/use says so.")
    resource.rating_count += use.stars is None
    resource.rating_sum += word.stars - (use.stars or 0)
    use.stars, use.rated_at, use.version_number = word.stars, clock.now(), number
    if word.comment != use.comment:
        use.comment, use.comment_status = word.comment, "waiting" if word.comment else None
        use.comment_id = new_id() if word.comment else None
        use.comment_decided_by = use.comment_decided_at = use.comment_reason = None
    await session.flush()
    return use


async def own_use(reader: AsyncConnection, caller: Principal, resource_id: UUID) -> AnyRow:
    """The caller's use of a resource; ResourceNotFound when there is none."""
    query = select(USE).where(ResourceUse.resource_id == resource_id, ResourceUse.teacher_id == caller.id)
    row = (await reader.execute(query)).first()
    if row is None:
        raise ResourceNotFound("You have not recorded that you used a resource of this id.")
    return row


async def shown_comments(reader: AsyncConnection, resource_id: UUID, page: PageOf) -> Sequence[AnyRow]:
    """Comments on a resource that moderators let through, oldest first; none of a withdrawn resource."""
    query = select(USE).join(Resource, Resource.id == ResourceUse.resource_id)
    query = query.where(
        ResourceUse.resource_id == resource_id,
        ResourceUse.comment_status == "shown",
        Resource.withdrawn_at.is_(None),
    )
    return await _page(reader, query, page)


async def waiting_comments(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[AnyRow]:
    """Comments that wait for a moderator, without the caller's own."""
    query = select(USE).where(ResourceUse.comment_status == "waiting", ResourceUse.teacher_id != caller.id)
    return await _page(reader, query, page)


async def decide_comment(
    session: AsyncSession, caller: Principal, comment_id: UUID, word: CommentDecisionIn
) -> ResourceUse:
    """Show a comment or refuse it. Raises CommentNotFound, also for the caller's own, and CommentDecided."""
    query = select(ResourceUse).where(ResourceUse.comment_id == comment_id, ResourceUse.teacher_id != caller.id)
    use = await session.scalar(query.with_for_update())
    if use is None or use.comment is None:
        raise CommentNotFound("No comment of somebody else has this id.")
    if use.comment_status != "waiting":
        raise CommentDecided(f"This comment is {use.comment_status}.")
    use.comment_status, use.comment_reason = word.outcome, word.reason
    use.comment_decided_by, use.comment_decided_at = caller.id, clock.now()
    await session.flush()
    await audit.record(session, caller, f"resource-comment.{word.outcome}", f"resource:{use.resource_id}")
    return use


async def _held(session: AsyncSession, caller: Principal, resource_id: UUID) -> tuple[Resource, int]:
    """The resource, held until commit so that its sums stay right, and the number of its published version."""
    query = select(Resource).where(Resource.id == resource_id, Resource.first_published_at.is_not(None))
    resource = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if resource is None:
        raise ResourceNotFound("No published resource has this id.")
    if resource.withdrawn_at is not None:
        raise ResourceWithdrawn("This resource was withdrawn and is not to be used any more.")
    if is_own(caller, resource):
        raise OwnResource("What is yours or your organisation's is for others to use and to rate.")
    published = select(ResourceVersion.number).where(
        ResourceVersion.resource_id == resource_id, ResourceVersion.status == "published"
    )
    return resource, (await session.scalars(published)).one()


async def _use_of(session: AsyncSession, resource_id: UUID, teacher_id: UUID) -> ResourceUse | None:
    # Held, so that no moderator decides on a comment in the moment in which it is exchanged for another.
    own = (ResourceUse.resource_id == resource_id, ResourceUse.teacher_id == teacher_id)
    return await session.scalar(select(ResourceUse).where(*own).with_for_update())


async def _page(reader: AsyncConnection, query: AnySelect, page: PageOf) -> Sequence[AnyRow]:
    if (after := page.after_as(UUID)) is not None:
        query = query.where(ResourceUse.comment_id > after[0])
    return (await reader.execute(query.order_by(ResourceUse.comment_id).limit(page.limit + 1))).all()
