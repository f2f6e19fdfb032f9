"""Where teachers teach: told by themselves, or by an administrator for them."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.employments import service
from identity.employments.errors import EmploymentNotOpen, LeavingBeforePresentSchool, MoveBeforePresentSchool
from identity.employments.schemas import Employments, Leaving, Move
from identity.people.errors import PersonNotFound

router = ServiceRouter(prefix="/v1", tags=["people"])

Person = Annotated[Principal, allow(SIGNED_IN)]


@router.get("/me/employments", response_model=Employments)
async def list_own_employments(reader: Reader, caller: Person) -> dict[str, object]:
    """Where you teach and taught."""
    return {"data": await service.employments_of(reader, caller.id)}


@router.put("/me/school", response_model=Employments, responses=errors(PersonNotFound, MoveBeforePresentSchool))
async def move_to_school(body: Move, session: Session, caller: Person) -> dict[str, object]:
    """Say at which school you teach now. Your next access token names it; what you did before stays with your log."""
    await service.move(session, caller, caller.id, body)
    return {"data": await service.employments_of(session, caller.id)}


@router.post(
    "/me/school/leaving",
    response_model=Employments,
    responses=errors(PersonNotFound, EmploymentNotOpen, LeavingBeforePresentSchool),
)
async def leave_school(body: Leaving, session: Session, caller: Person) -> dict[str, object]:
    """Say that you teach nowhere any more. Your account and your log stay."""
    await service.leave(session, caller, caller.id, body.to_on)
    return {"data": await service.employments_of(session, caller.id)}


@router.post(
    "/teachers/{person_id}/school/leaving",
    response_model=Employments,
    responses=errors(PersonNotFound, EmploymentNotOpen, LeavingBeforePresentSchool),
)
async def end_employment_of_teacher(
    person_id: UUID, body: Leaving, session: Session, caller: Annotated[Principal, allow(role("administrator"))]
) -> dict[str, object]:
    """Say for a teacher that they teach nowhere any more."""
    await service.leave(session, caller, person_id, body.to_on)
    return {"data": await service.employments_of(session, person_id)}


@router.put(
    "/teachers/{person_id}/school",
    response_model=Employments,
    responses=errors(PersonNotFound, MoveBeforePresentSchool),
)
async def move_teacher_to_school(
    person_id: UUID, body: Move, session: Session, caller: Annotated[Principal, allow(role("administrator"))]
) -> dict[str, object]:
    """Say for a teacher at which school they teach now."""
    await service.move(session, caller, person_id, body)
    return {"data": await service.employments_of(session, person_id)}
