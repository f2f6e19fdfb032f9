"""`/v1/resources/{id}` for those who used it: saying so, rating, and what others said."""

from typing import Annotated
from uuid import UUID

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.base import AnyRow
from hubs.resources import queries, uses
from hubs.resources.errors import OwnResource, ResourceNotFound, ResourceWithdrawn, UseNotRecorded
from hubs.resources.models import ResourceUse
from hubs.resources.schemas import CommentOut, RatingIn, UseOut
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/resources", tags=["resources"])
Teacher = Annotated[Principal, allow(SIGNED_IN)]


@router.get("/{resource_id}/use", response_model=UseOut, responses=errors(ResourceNotFound))
async def get_own_use(reader: Reader, caller: Teacher, resource_id: UUID) -> AnyRow:
    """The caller's use of a resource and what the caller said of it."""
    return await uses.own_use(reader, caller, resource_id)


@router.put(
    "/{resource_id}/use",
    response_model=UseOut,
    responses=errors(ResourceNotFound, ResourceWithdrawn, OwnResource, TeachersOnly),
)
async def record_use(session: Session, caller: Teacher, resource_id: UUID) -> ResourceUse:
    """Say that you used it with a class. It counts once, however often it is said."""
    return await uses.record_use(session, caller, resource_id)


@router.put(
    "/{resource_id}/rating",
    response_model=UseOut,
    responses=errors(ResourceNotFound, ResourceWithdrawn, OwnResource, UseNotRecorded, TeachersOnly),
)
async def rate_resource(session: Session, caller: Teacher, resource_id: UUID, body: RatingIn) -> ResourceUse:
    """Rate what you used, in place of your rating before. Stars count at once, a comment once it was read."""
    return await uses.rate(session, caller, resource_id, body)


@router.get(
    "/{resource_id}/comments",
    response_model=Page[CommentOut],
    responses=errors(ResourceNotFound, ResourceWithdrawn),
)
async def list_comments(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], resource_id: UUID, page: PageRequest
) -> dict[str, object]:
    """What those who used it said, oldest first; nobody is named."""
    await queries.find_resource(reader, resource_id)
    return Page.of(await uses.shown_comments(reader, resource_id, page), page, key=lambda row: (str(row.comment_id),))
