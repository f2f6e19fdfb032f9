"""Teacher reference numbers: said by oneself, confirmed by staff."""

from typing import Annotated
from uuid import UUID

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.people.errors import PersonNotFound
from identity.teacher_numbers import service
from identity.teacher_numbers.errors import OwnTrn as ConfirmedByOneself
from identity.teacher_numbers.errors import TrnTaken, TrnVerified
from identity.teacher_numbers.models import TeacherNumber
from identity.teacher_numbers.schemas import ConfirmedTrn, OwnTrn, TeacherNumberOut

router = ServiceRouter(prefix="/v1", tags=["people"])


@router.put("/me/trn", response_model=TeacherNumberOut, responses=errors(PersonNotFound, TrnVerified))
async def declare_trn(body: OwnTrn, session: Session, caller: Annotated[Principal, allow(SIGNED_IN)]) -> TeacherNumber:
    """Say what your teacher reference number is. It counts as declared by you until staff have confirmed it."""
    return await service.declare(session, caller, body.trn)


@router.put(
    "/teachers/{person_id}/trn",
    response_model=TeacherNumberOut,
    responses=errors(PersonNotFound, TrnTaken, ConfirmedByOneself),
)
async def confirm_trn(
    person_id: UUID,
    body: ConfirmedTrn,
    session: Session,
    caller: Annotated[Principal, allow(role("administrator"))],
) -> TeacherNumber:
    """Record that a teacher's number was matched in the register, or verified. A verified number is one person's."""
    return await service.confirm(session, caller, person_id, body)
