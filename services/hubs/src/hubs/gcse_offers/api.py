"""`/v1/gcse-offers`: whether schools offer GCSE computer science, as they and their hubs attest."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.gcse_offers import queries, service
from hubs.gcse_offers.errors import AttestationDecided, AttestationNotFound, OwnAttestation, YearNotOpen
from hubs.gcse_offers.models import GcseOfferAttestation
from hubs.gcse_offers.schemas import AttestationIn, AttestationOut, OfferDecisionIn, OfferFilter, OffersOut
from hubs.registers.access import HUB_STAFF
from hubs.schools.errors import SchoolNotFound

router = ServiceRouter(prefix="/v1/gcse-offers", tags=["GCSE offers"])
Moderator = Annotated[Principal, allow(role("moderator"))]


@router.get("", response_model=OffersOut)
async def list_offers(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], wanted: Annotated[OfferFilter, Query()]
) -> dict[str, object]:
    """What counts for a school, year by year."""
    return {"urn": wanted.urn, "years": await queries.offers_of(reader, wanted.urn)}


@router.post(
    "",
    status_code=201,
    response_model=AttestationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SchoolNotFound, YearNotOpen),
)
async def attest_offer(
    session: Session, caller: Annotated[Principal, allow(role("school_lead", *HUB_STAFF))], body: AttestationIn
) -> GcseOfferAttestation:
    """Attest for your school, or for one in your hub's area. A contrary word goes to review and changes nothing yet."""
    return await service.attest(session, caller, body)


@router.get("/reviews", response_model=Page[AttestationOut])
async def list_reviews(reader: Reader, caller: Moderator, page: PageRequest) -> dict[str, object]:
    """Attestations that contradict a standing one, oldest first."""
    return Page.of(await queries.in_review(reader, page), page, key=lambda row: (str(row.id),))


@router.post(
    "/reviews/{attestation_id}/decision",
    response_model=AttestationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AttestationNotFound, AttestationDecided, OwnAttestation),
)
async def decide_offer(
    session: Session, caller: Moderator, attestation_id: UUID, body: OfferDecisionIn
) -> GcseOfferAttestation:
    """Accept a contrary attestation, which then counts, or refuse it."""
    return await service.decide(session, caller, attestation_id, body)
