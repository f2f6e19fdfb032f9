"""`/v1/grant-calls` and `/v1/grant-applications`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import PUBLIC, SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.grant_applications import queries, service
from funding.grant_applications.errors import (
    AnswersRefused,
    ApplicationNotAsNeeded,
    ApplicationNotFound,
    AppliedAlready,
    CallNotFound,
    CallNotOpen,
    NotThisPerson,
    NotYourOrganisation,
    PointsRefused,
    ScoredAlready,
    TooFewScores,
)
from funding.grant_applications.queries import PANEL
from funding.grant_applications.schemas import (
    ApplicationDecision,
    ApplicationOut,
    ApplicationSubmission,
    CallList,
    CallOpening,
    CallOut,
    Moderation,
    PanelScore,
    Ranking,
)
from funding.grant_cards.errors import CalculationTooLarge, CardNotFound, InputsRefused
from funding.grants.access import RECIPIENTS
from funding.grants.errors import FindingsNotAccepted, NothingToGrant, SeveralFunders
from funding.ledger.errors import BudgetNotFound
from funding.roles import APPROVER, OFFICER, READERS

calls = ServiceRouter(prefix="/v1/grant-calls", tags=["grants"])
applications = ServiceRouter(prefix="/v1/grant-applications", tags=["grants"])

Officer = Annotated[Principal, allow(role(OFFICER))]


@calls.get("")
async def list_grant_calls(reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]) -> CallList:
    """Calls with their windows, forms and criteria, the latest first."""
    return CallList(data=await queries.list_calls(reader))


@calls.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(BudgetNotFound, CardNotFound))
async def open_grant_call(body: CallOpening, session: Session, caller: Officer) -> CallOut:
    """Open a call. It never changes: a change is another call."""
    return await queries.find_call(session, await service.open_call(session, caller, body))


@calls.get("/{call_id}/ranking", responses=errors(CallNotFound))
async def rank_grant_applications(
    call_id: UUID, reader: Reader, caller: Annotated[Principal, allow(role(*READERS))]
) -> Ranking:
    """Moderated applications, the best first, and how far the budget reaches."""
    return await queries.ranking(reader, call_id)


@applications.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(
        CallNotFound,
        CallNotOpen,
        NotYourOrganisation,
        AnswersRefused,
        InputsRefused,
        CalculationTooLarge,
        AppliedAlready,
    ),
)
async def submit_grant_application(
    body: ApplicationSubmission, session: Session, caller: Annotated[Principal, allow(role(*RECIPIENTS))]
) -> ApplicationOut:
    """Apply for an organisation one speaks for. What makes it ineligible is said at once, check by check."""
    return await queries.find_application(session, caller, await service.submit(session, caller, body))


@applications.get("", response_model=Page[ApplicationOut])
async def list_grant_applications(
    reader: Reader,
    caller: Annotated[Principal, allow(SIGNED_IN)],
    page: PageRequest,
    call_id: Annotated[UUID | None, Query(description="Only to this call")] = None,
) -> dict[str, object]:
    """Applications of organisations one speaks for; for funding staff and the panel, all. The latest first."""
    found = await queries.list_applications(reader, caller, page, call_id)
    return Page.of(found, page, key=lambda one: (one.submitted_at.isoformat(), str(one.id)))


@applications.get("/{application_id}", responses=errors(ApplicationNotFound))
async def get_grant_application(
    application_id: UUID, reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]
) -> ApplicationOut:
    """One application with its checks; for funding staff and the panel with every score."""
    return await queries.find_application(reader, caller, application_id)


@applications.post(
    "/{application_id}/scores",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(ApplicationNotFound, ApplicationNotAsNeeded, ScoredAlready, PointsRefused, NotThisPerson),
)
async def score_grant_application(
    application_id: UUID,
    body: PanelScore,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, PANEL))],
) -> ApplicationOut:
    """Score once, or declare a conflict of interest."""
    await service.score(session, caller, application_id, body)
    return await queries.find_application(session, caller, application_id)


@applications.post(
    "/{application_id}/moderation",
    dependencies=[IDEMPOTENT],
    responses=errors(ApplicationNotFound, ApplicationNotAsNeeded, TooFewScores, NotThisPerson),
)
async def moderate_grant_application(
    application_id: UUID, body: Moderation, session: Session, caller: Officer
) -> ApplicationOut:
    """Settle the total, once as many have scored as the call asks for."""
    await service.moderate(session, caller, application_id, body)
    return await queries.find_application(session, caller, application_id)


@applications.post(
    "/{application_id}/decision",
    dependencies=[IDEMPOTENT],
    responses=errors(
        ApplicationNotFound,
        ApplicationNotAsNeeded,
        NotThisPerson,
        FindingsNotAccepted,
        NothingToGrant,
        SeveralFunders,
        CardNotFound,
    ),
)
async def decide_grant_application(
    application_id: UUID,
    body: ApplicationDecision,
    session: Session,
    caller: Annotated[Principal, allow(role(APPROVER))],
) -> ApplicationOut:
    """Fund or decline, as somebody with no other part in it. Funding proposes an award, which another approves."""
    await service.decide(session, caller, application_id, body)
    return await queries.find_application(session, caller, application_id)
