"""Routes of enrolments."""

from typing import Annotated

from sqlalchemy import select

from certification.enrolments import service
from certification.enrolments.errors import AlreadyEnrolled, LogNotOpen, PrerequisiteMissing, SchemeNotForPhase
from certification.enrolments.models import Enrolment
from certification.enrolments.schemas import EnrolmentList, EnrolmentOut, EnrolmentRequest
from certification.schemes.errors import SchemeNotFound
from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/enrolments", tags=["enrolments"])

OPT_IN_ERRORS = errors(SchemeNotFound, AlreadyEnrolled, LogNotOpen, SchemeNotForPhase, PrerequisiteMissing)


@router.post("", status_code=201, response_model=EnrolmentOut, dependencies=[IDEMPOTENT], responses=OPT_IN_ERRORS)
async def opt_in(body: EnrolmentRequest, session: Session, caller: Annotated[Principal, allow(SIGNED_IN)]) -> Enrolment:
    """Work towards one more certificate. What you have done already counts at once."""
    return await service.opt_in(session, caller, body.scheme)


@router.get("")
async def list_enrolments(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> EnrolmentList:
    """The schemes you work towards."""
    own = select(Enrolment.__table__).where(Enrolment.teacher_id == caller.id).order_by(Enrolment.scheme)
    rows = await reader.execute(own)
    return EnrolmentList(data=[EnrolmentOut.model_validate(row) for row in rows])
