"""Routes of assessments that a provider holds for us."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Request

from certification.assessment_providers import queries, service
from certification.assessment_providers.errors import (
    AssessmentProviderExists,
    AssessmentProviderNotFound,
    AssessmentProviderNotReady,
    ProviderResultNotFound,
    ResultCannotCount,
    ResultNotWaiting,
    ResultTooLarge,
    WebhookNotGenuine,
)
from certification.assessment_providers.models import AssessmentProvider, ProviderResult
from certification.assessment_providers.schemas import (
    EXAMPLE_MESSAGE,
    MESSAGE_SCHEMA,
    MOST_BYTES,
    LaunchOut,
    ProviderFacts,
    ProviderList,
    ProviderOut,
    ReceiptOut,
    ResultDecision,
    ResultOut,
    ResultStatus,
)
from certification.assessments.errors import AttemptNotFound, AttemptOver, NotSatHere
from chassis.access import PUBLIC, SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1", tags=["assessment providers"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
Administrator = Annotated[Principal, allow(role("administrator"))]
Assessor = Annotated[Principal, allow(role("assessor"))]
Provider = Annotated[str, Path(max_length=60, examples=["example-tests"])]
LAUNCH_ERRORS = errors(AttemptNotFound, AttemptOver, NotSatHere, AssessmentProviderNotReady)
DECISION_ERRORS = errors(AssessmentProviderNotFound, ProviderResultNotFound, ResultNotWaiting, ResultCannotCount)
SIGNED_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": MESSAGE_SCHEMA, "example": EXAMPLE_MESSAGE}},
    },
}


async def _signature(
    webhook_id: Annotated[str | None, Header(description="Names the message: again, it has no further effect")] = None,
    webhook_timestamp: Annotated[str | None, Header(description="Seconds since 1970; five minutes old at most")] = None,
    webhook_signature: Annotated[
        str | None, Header(description="`v1,…` over `<webhook-id>.<webhook-timestamp>.<body>`, one or more")
    ] = None,
) -> dict[str, str]:
    told = {
        "webhook-id": webhook_id,
        "webhook-timestamp": webhook_timestamp,
        "webhook-signature": webhook_signature,
    }
    return {name: value for name, value in told.items() if value is not None}


@router.post(
    "/assessment-providers",
    status_code=201,
    response_model=ProviderOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AssessmentProviderExists),
)
async def set_up_provider(body: ProviderFacts, session: Session, caller: Administrator) -> AssessmentProvider:
    """Make a provider known. Assessments are held by it from the question bank on that names it."""
    return await service.set_up(session, caller, body)


@router.get("/assessment-providers")
async def list_providers(reader: Reader, caller: Annotated[Principal, allow(SIGNED_IN)]) -> ProviderList:
    """Those who hold assessments for us."""
    return ProviderList(data=[ProviderOut.model_validate(row) for row in await queries.all_providers(reader)])


@router.post("/assessment-attempts/{attempt_id}/launch", responses=LAUNCH_ERRORS)
async def launch_attempt(attempt_id: UUID, session: Session, caller: SignedIn) -> LaunchOut:
    """A link that takes you to your attempt at the provider. Ask again if it was lost: each link works once."""
    return await service.launch(session, caller, attempt_id)


@router.post(
    "/assessment-providers/{provider}/results",
    responses=errors(AssessmentProviderNotFound, WebhookNotGenuine, ResultTooLarge),
    openapi_extra=SIGNED_BODY,
)
async def receive_result(
    provider: Provider,
    request: Request,
    signature: Annotated[dict[str, str], Depends(_signature)],
    session: Session,
    caller: Annotated[Principal, allow(PUBLIC)],
) -> ReceiptOut:
    """Take in what a provider found, signed by the rules of Standard Webhooks.

    The same message has one effect however often it is sent. What cannot be placed is kept for a person and answered
    with 200 as well, because sending it again would not help.
    """
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise ResultTooLarge(MOST_BYTES)
    return ReceiptOut(status=await service.receive(session, provider, signature, body))


@router.get(
    "/assessment-providers/{provider}/results",
    response_model=Page[ResultOut],
    responses=errors(AssessmentProviderNotFound),
)
async def list_results(
    provider: Provider, reader: Reader, page: PageRequest, caller: Assessor, status: ResultStatus | None = None
) -> dict[str, object]:
    """What a provider of your organisation's sent, oldest first; `?status=parked` is what waits for you."""
    await queries.kept_provider(reader, caller, provider)
    rows = await queries.listed(reader, provider, page, status)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.post(
    "/assessment-providers/{provider}/results/{result_id}/decision",
    response_model=ResultOut,
    dependencies=[IDEMPOTENT],
    responses=DECISION_ERRORS,
)
async def decide_on_result(
    provider: Provider, result_id: UUID, body: ResultDecision, session: Session, caller: Assessor
) -> ProviderResult:
    """Count or dismiss a result that nobody could place."""
    return await service.decide(session, caller, provider, result_id, body)
