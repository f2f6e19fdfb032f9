"""Routes of a teacher's way to chartered status."""

from typing import Annotated
from uuid import UUID

from certification.chartered import queries, service
from certification.chartered.errors import (
    AlreadyApplied,
    ApplicationNotFound,
    ApplicationNotOpen,
    CharteredPathwayNotFound,
    ConsentMissing,
    ConsentNotStanding,
    EvidenceMissing,
    StatementNotAsked,
)
from certification.chartered.models import CharteredApplication
from certification.chartered.schemas import (
    ApplicationList,
    ApplicationOut,
    ApplicationRequest,
    CharteredPathwayList,
    CharteredPathwayOut,
    ConsentRequest,
    StatementRequest,
    WithdrawalRequest,
)
from certification.chartered_submissions import service as submissions
from certification.enrolments.errors import LogNotOpen
from certification.settings import OwnSettings
from chassis import clock
from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["chartered status"])

Person = Annotated[Principal, allow(SIGNED_IN)]
CHANGE_ERRORS = errors(ApplicationNotFound, ApplicationNotOpen)


@router.get("/chartered-pathways")
async def list_chartered_pathways(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> CharteredPathwayList:
    """The pathways to chartered status, stage by stage, and who decides at their end."""
    rows = await queries.pathways_in_force(reader, clock.today())
    told = [{**row, **queries.rules_in(row).model_dump()} for row in rows]
    return CharteredPathwayList(data=[CharteredPathwayOut.model_validate(one) for one in told])


@router.post(
    "/chartered-applications",
    status_code=201,
    response_model=ApplicationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CharteredPathwayNotFound, LogNotOpen, AlreadyApplied),
)
async def begin_application(body: ApplicationRequest, session: Session, caller: Person) -> dict[str, object]:
    """Begin a pathway to chartered status. Whatever you have done already counts; nothing is sent to anybody yet."""
    return await service.begin(session, caller, body.pathway)


@router.get("/chartered-applications", response_model=ApplicationList)
async def list_applications(reader: Reader, caller: Person) -> dict[str, object]:
    """Your applications, with how far each stage is, what was sent and what was decided."""
    rows = await queries.applications(reader, CharteredApplication.teacher_id == caller.id)
    return {"data": [await service.shown(reader, row) for row in rows]}


@router.get(
    "/chartered-applications/{application_id}", response_model=ApplicationOut, responses=errors(ApplicationNotFound)
)
async def get_application(application_id: UUID, reader: Reader, caller: Person) -> dict[str, object]:
    """One application of yours."""
    return await service.shown_one(reader, caller, application_id)


@router.post(
    "/chartered-applications/{application_id}/statements",
    status_code=201,
    response_model=ApplicationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ApplicationNotFound, ApplicationNotOpen, StatementNotAsked),
)
async def write_statement(
    application_id: UUID, body: StatementRequest, session: Session, caller: Person
) -> dict[str, object]:
    """Write what a stage asks you to. Another for the same need replaces it; both are kept."""
    return await service.write(session, caller, application_id, body.need, body.text)


@router.put("/chartered-applications/{application_id}/consent", response_model=ApplicationOut, responses=CHANGE_ERRORS)
async def give_consent(
    application_id: UUID, body: ConsentRequest, session: Session, caller: Person
) -> dict[str, object]:
    """Agree that your evidence is sent to who decides, once. Nothing is sent by this."""
    return await service.agree(session, caller, application_id)


@router.delete(
    "/chartered-applications/{application_id}/consent",
    status_code=204,
    responses=errors(ApplicationNotFound, ConsentNotStanding),
)
async def take_consent_back(application_id: UUID, session: Session, caller: Person) -> None:
    """Take your consent back, while nothing was sent by it."""
    await service.take_back(session, caller, application_id)


@router.post(
    "/chartered-applications/{application_id}/submission",
    status_code=201,
    response_model=ApplicationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ApplicationNotFound, ApplicationNotOpen, EvidenceMissing, ConsentMissing),
)
async def send_application(
    application_id: UUID, session: Session, settings: OwnSettings, caller: Person
) -> dict[str, object]:
    """Send your evidence to who decides, signed. Every stage has to be met, and your consent to stand."""
    return await submissions.send(session, settings, caller, application_id)


@router.post(
    "/chartered-applications/{application_id}/withdrawal",
    response_model=ApplicationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ApplicationNotFound),
)
async def withdraw_application(
    application_id: UUID, body: WithdrawalRequest, session: Session, caller: Person
) -> dict[str, object]:
    """Withdraw an application. What was sent can be fetched no more."""
    return await service.withdraw(session, caller, application_id, body.reason)
