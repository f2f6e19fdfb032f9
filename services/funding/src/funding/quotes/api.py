"""`/v1/quotes`: what a course run costs, before it is booked."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from funding.fee_policies.errors import NoFeePolicy
from funding.quotes import queries, service
from funding.quotes.errors import CourseRunNotFound, QuoteNotFound, RunNotOpen, TeachersOnly
from funding.quotes.schemas import QuoteOut, QuoteRequest

router = ServiceRouter(prefix="/v1/quotes", tags=["prices"])
SignedIn = Annotated[Principal, allow(SIGNED_IN)]


@router.post(
    "",
    status_code=201,
    dependencies=[IDEMPOTENT],
    responses=errors(TeachersOnly, CourseRunNotFound, RunNotOpen, NoFeePolicy),
)
async def make_quote(body: QuoteRequest, session: Session, caller: SignedIn) -> QuoteOut:
    """Price a run for oneself: the rule, the hub's own charge, every criterion, and until when the price holds."""
    return await queries.find_quote(session, caller, await service.make_quote(session, caller, body.course_run_id))


@router.get("", response_model=Page[QuoteOut])
async def list_quotes(
    reader: Reader,
    caller: SignedIn,
    page: PageRequest,
    course_run_id: Annotated[UUID | None, Query(description="Only those for this run")] = None,
) -> dict[str, object]:
    """One's own quotes; for funding staff and auditors, everybody's. The latest first."""
    found = await queries.list_quotes(reader, caller, page, course_run_id)
    return Page.of(found, page, key=lambda one: (one.quoted_at.isoformat(), str(one.id)))


@router.get("/{quote_id}", responses=errors(QuoteNotFound))
async def get_quote(quote_id: UUID, reader: Reader, caller: SignedIn) -> QuoteOut:
    """One quote as it was told."""
    return await queries.find_quote(reader, caller, quote_id)
