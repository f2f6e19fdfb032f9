"""`/v1/grants`."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.bursaries.schemas import ApprovalDecision
from funding.grant_cards.errors import CalculationTooLarge, CardNotFound, InputsRefused
from funding.grants import queries, service
from funding.grants.access import RECIPIENTS
from funding.grants.errors import (
    AnotherAgreement,
    FindingsNotAccepted,
    GrantExists,
    GrantNotAsNeeded,
    GrantNotFound,
    InstalmentsDoNotAddUp,
    NothingToGrant,
    SameGrantPerson,
    SeveralFunders,
    SourceNotAsNeeded,
    SourceNotFound,
)
from funding.grants.models import GrantStatus, RecipientKind
from funding.grants.schemas import (
    Acceptance,
    Ending,
    GrantOut,
    GrantProposal,
    GrantSummary,
    SourceStep,
    Withdrawal,
)
from funding.ledger.errors import BudgetExhausted, BudgetNotFound
from funding.roles import APPROVER, OFFICER

router = ServiceRouter(prefix="/v1/grants", tags=["grants"])

SignedIn = Annotated[Principal, allow(SIGNED_IN)]
Officer = Annotated[Principal, allow(role(OFFICER))]
Approver = Annotated[Principal, allow(role(APPROVER))]
Ordinal = Annotated[int, Path(ge=1, le=10_000)]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(
        BudgetNotFound,
        CardNotFound,
        InputsRefused,
        CalculationTooLarge,
        NothingToGrant,
        FindingsNotAccepted,
        SeveralFunders,
        InstalmentsDoNotAddUp,
        GrantExists,
    ),
)
async def propose_grant(body: GrantProposal, session: Session, caller: Officer) -> GrantOut:
    """Propose an award to an organisation; the card says what it comes to. Nothing is held before it is approved."""
    return await queries.find_grant(session, caller, await service.propose(session, caller, body))


@router.get("", response_model=Page[GrantSummary])
async def list_grants(
    reader: Reader,
    caller: SignedIn,
    page: PageRequest,
    status: Annotated[GrantStatus | None, Query(description="Only those of this status")] = None,
    recipient_kind: Annotated[RecipientKind | None, Query(description="Only to such organisations")] = None,
) -> dict[str, object]:
    """Awards to the organisations one speaks for; for funding staff and auditors, all. The latest first."""
    found = await queries.list_grants(reader, caller, page, status, recipient_kind)
    return Page.of(found, page, key=lambda one: (one.proposed_at.isoformat(), str(one.id)))


@router.get("/{grant_id}", responses=errors(GrantNotFound))
async def get_grant(grant_id: UUID, reader: Reader, caller: SignedIn) -> GrantOut:
    """One award: every calculation line by line, funders' parts, instalments, history."""
    return await queries.find_grant(reader, caller, grant_id)


@router.post(
    "/{grant_id}/approval",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, SameGrantPerson, BudgetExhausted),
)
async def decide_grant(grant_id: UUID, body: ApprovalDecision, session: Session, caller: Approver) -> GrantOut:
    """Approve or decline, as a person other than the one who proposed it. Approving reserves the money."""
    await service.decide(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post("/{grant_id}/withdrawal", dependencies=[IDEMPOTENT], responses=errors(GrantNotFound, GrantNotAsNeeded))
async def withdraw_grant(grant_id: UUID, body: Withdrawal, session: Session, caller: Officer) -> GrantOut:
    """Take a proposal back before it is decided."""
    await service.withdraw(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post(
    "/{grant_id}/acceptance",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, AnotherAgreement),
)
async def accept_grant(
    grant_id: UUID, body: Acceptance, session: Session, caller: Annotated[Principal, allow(role(*RECIPIENTS))]
) -> GrantOut:
    """Agree for the recipient, by name and position, to the agreement's version."""
    await service.accept(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post(
    "/{grant_id}/sources/{source_number}/{funder}/steps",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, SourceNotFound, SourceNotAsNeeded),
)
async def step_grant_source(
    grant_id: UUID,
    source_number: Ordinal,
    funder: Annotated[str, Path(max_length=60)],
    body: SourceStep,
    session: Session,
    caller: Annotated[Principal, allow(role(OFFICER, *RECIPIENTS))],
) -> GrantOut:
    """Say that another funder's part was claimed from them, and later that it has come."""
    await service.step_source(session, caller, grant_id, source_number, funder, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post("/{grant_id}/completion", dependencies=[IDEMPOTENT], responses=errors(GrantNotFound, GrantNotAsNeeded))
async def complete_grant(grant_id: UUID, body: Ending, session: Session, caller: Officer) -> GrantOut:
    """End an award that did what it was for. What was not drawn is released, what was not spent is due back."""
    await service.complete(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)


@router.post(
    "/{grant_id}/termination",
    dependencies=[IDEMPOTENT],
    responses=errors(GrantNotFound, GrantNotAsNeeded, SameGrantPerson),
)
async def terminate_grant(grant_id: UUID, body: Ending, session: Session, caller: Approver) -> GrantOut:
    """End an award early, as a person other than the one who proposed it."""
    await service.terminate(session, caller, grant_id, body)
    return await queries.find_grant(session, caller, grant_id)
