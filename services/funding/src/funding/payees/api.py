"""`/v1/payees`."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.claims.errors import SamePerson
from funding.payees import queries, service
from funding.payees.errors import (
    AccountInvalid,
    NotConfirmed,
    PayeeCollectsElsewhere,
    PayeeDetailsDecided,
    PayeeDetailsNotFound,
    PayeeDetailsUndecided,
    PayeeExists,
    PayeeNotFound,
)
from funding.payees.models import PayeeKind
from funding.payees.schemas import DetailsDecision, DetailsProposal, NewPayee, PayeeOut, PayeeSummary
from funding.roles import OFFICER, PAYMENT_OFFICER, READERS
from funding.step_up import RECENTLY_PROVEN, RecentProofRequired

router = ServiceRouter(prefix="/v1/payees", tags=["payees"])

FinanceStaff = Annotated[Principal, allow(role(*READERS))]
Keeper = Annotated[Principal, allow(role(OFFICER, PAYMENT_OFFICER))]


@router.post("", status_code=201, dependencies=[IDEMPOTENT], responses=errors(PayeeExists, AccountInvalid))
async def create_payee(body: NewPayee, session: Session, caller: Keeper) -> PayeeOut:
    """Enter a school, trust, authority or hub to be paid. Another person confirms the bank details."""
    return await queries.find_payee(session, await service.create(session, caller, body))


@router.get("", response_model=Page[PayeeSummary])
async def list_payees(
    reader: Reader,
    caller: FinanceStaff,
    page: PageRequest,
    kind: Annotated[PayeeKind | None, Query(description="Only those of this kind")] = None,
    reference: Annotated[str | None, Query(max_length=40, description="Only the one of this number")] = None,
) -> dict[str, object]:
    """Payees, the latest first."""
    rows = await queries.list_payees(reader, page, kind, reference)
    return Page.of(rows, page, key=lambda row: (row.created_at.isoformat(), str(row.id)))


@router.get("/{payee_id}", responses=errors(PayeeNotFound))
async def get_payee(payee_id: UUID, reader: Reader, caller: FinanceStaff) -> PayeeOut:
    """A payee with every version of its bank details, of which the last digits are shown."""
    return await queries.find_payee(reader, payee_id)


@router.post(
    "/{payee_id}/details",
    status_code=201,
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(RecentProofRequired, PayeeNotFound, PayeeDetailsUndecided, AccountInvalid),
)
async def propose_payee_details(payee_id: UUID, body: DetailsProposal, session: Session, caller: Keeper) -> PayeeOut:
    """Propose other bank details. Payments go by the old ones until these are approved."""
    await service.propose_details(session, caller, payee_id, body)
    return await queries.find_payee(session, payee_id)


@router.post(
    "/{payee_id}/details/{details_version}/decision",
    dependencies=[IDEMPOTENT, RECENTLY_PROVEN],
    responses=errors(
        RecentProofRequired,
        PayeeNotFound,
        PayeeDetailsNotFound,
        PayeeDetailsDecided,
        PayeeCollectsElsewhere,
        NotConfirmed,
        SamePerson,
    ),
)
async def decide_payee_details(
    payee_id: UUID,
    details_version: Annotated[int, Path(ge=1, le=10_000)],
    body: DetailsDecision,
    session: Session,
    caller: Keeper,
) -> PayeeOut:
    """Approve bank details, having confirmed them by another way, or decline them. Payments use them after a pause."""
    await service.decide_details(session, caller, payee_id, details_version, body)
    return await queries.find_payee(session, payee_id)
