"""`/v1/enrichment-offers`: finding offers, making and moderating them, and schools' interest."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from chassis.access import PUBLIC, allow, role, scope
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, conditional, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.enrichment import interests, queries, service
from hubs.enrichment.errors import (
    CapacityBelowInterest,
    InterestNotFound,
    OfferElsewhere,
    OfferFixed,
    OfferNotFound,
    OfferNotOpen,
    OfferNotSubmitted,
    OwnOffer,
    TermNotOpen,
)
from hubs.enrichment.models import EnrichmentInterest
from hubs.enrichment.schemas import (
    CapacityIn,
    ClosureIn,
    InterestIn,
    InterestOut,
    OfferCounts,
    OfferDecisionIn,
    OfferFacets,
    OfferFacts,
    OfferFilter,
    OfferIn,
    OfferOut,
    OwnOfferFilter,
    OwnOfferOut,
    SchoolInterestOut,
)
from hubs.parties import PARTNER_ADMIN, OrganisationNotYours
from hubs.schools.errors import SchoolNotFound
from hubs.teachers.errors import TeachersOnly
from hubs.tenancy import TenantReader, TenantSession

router = ServiceRouter(prefix="/v1/enrichment-offers", tags=["enrichment"])
SCOPE = "enrichment:write"
Anybody = Annotated[Principal, allow(PUBLIC)]
Giver = Annotated[Principal, allow(scope(SCOPE), role(PARTNER_ADMIN))]
Moderator = Annotated[Principal, allow(role(queries.MODERATOR))]
SchoolLead = Annotated[Principal, allow(role("school_lead"))]
Wanted = Annotated[OfferFilter, Query()]


@router.get("", response_model=Page[OfferOut])
async def list_enrichment_offers(
    request: Request, reader: Reader, caller: Anybody, wanted: Wanted, page: PageRequest
) -> Response:
    """Open offers, those that end soonest first; 304 for who holds this page already."""
    rows = await queries.list_offers(reader, wanted, page)
    found = Page.of(rows, page, key=lambda row: (row.expires_on.isoformat(), str(row.id)))
    found["data"] = [OfferOut.model_validate(row._mapping) for row in rows[: page.limit]]
    return conditional(request, Page[OfferOut].model_validate(found).model_dump_json().encode())


@router.get("/facets", dependencies=[PUBLIC_FOR_MINUTES])
async def count_enrichment_offers(reader: Reader, caller: Anybody, wanted: Wanted) -> OfferCounts:
    """How many offers the same search finds, and how many it would find with another value of each filter."""
    counts = await queries.count_offers(reader, wanted)
    return OfferCounts(total=counts.total, facets=OfferFacets(**counts.choices))


@router.get("/own", response_model=Page[OwnOfferOut])
async def list_own_offers(
    reader: TenantReader, caller: Giver, wanted: Annotated[OwnOfferFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Offers of the caller's organisations, whatever became of them."""
    return Page.of(await queries.own_offers(reader, caller, wanted.status, page), page, key=lambda row: (str(row.id),))


@router.get("/submitted", response_model=Page[OwnOfferOut])
async def list_submitted_offers(reader: Reader, caller: Moderator, page: PageRequest) -> dict[str, object]:
    """Offers that wait for a moderator, oldest first."""
    return Page.of(await queries.submitted_offers(reader, caller, page), page, key=lambda row: (str(row.id),))


@router.post(
    "",
    status_code=201,
    response_model=OwnOfferOut,
    dependencies=[IDEMPOTENT],
    responses=errors(OrganisationNotYours, TermNotOpen),
)
async def create_enrichment_offer(session: TenantSession, caller: Giver, body: OfferIn, response: Response) -> AnyRow:
    """Begin an offer, by an organisation's key or its administrator."""
    return await _shown(session, caller, await service.create(session, caller, body), response)


@router.get("/{offer_id}", response_model=OfferOut, responses=errors(OfferNotFound))
async def get_enrichment_offer(reader: Reader, caller: Anybody, offer_id: UUID, response: Response) -> AnyRow:
    """One offer: once published everybody's, expired and closed ones too."""
    offer = await queries.find_offer(reader, caller, offer_id)
    response.headers["ETag"] = etag(offer.version)
    return offer


@router.put(
    "/{offer_id}",
    response_model=OwnOfferOut,
    responses=errors(OfferNotFound, OfferFixed, TermNotOpen, IfMatchMissing, StaleVersion),
)
async def edit_enrichment_offer(
    session: TenantSession, caller: Giver, offer_id: UUID, seen: IfMatch, body: OfferFacts, response: Response
) -> AnyRow:
    """Say anew what a draft or a returned offer says, from the version that was read."""
    await service.edit(session, caller, offer_id, seen, body)
    return await _shown(session, caller, offer_id, response)


@router.patch(
    "/{offer_id}",
    response_model=OwnOfferOut,
    responses=errors(OfferNotFound, OfferFixed, CapacityBelowInterest, IfMatchMissing, StaleVersion),
)
async def set_offer_capacity(
    session: TenantSession, caller: Giver, offer_id: UUID, seen: IfMatch, body: CapacityIn, response: Response
) -> AnyRow:
    """Say how many schools it can take, also of a published offer. Schools that waited move up at once."""
    await service.set_capacity(session, caller, offer_id, seen, body.capacity)
    return await _shown(session, caller, offer_id, response)


@router.delete("/{offer_id}", status_code=204, responses=errors(OfferNotFound, OfferFixed))
async def discard_enrichment_offer(session: TenantSession, caller: Giver, offer_id: UUID) -> None:
    """Throw away a draft or a returned offer."""
    await service.discard(session, caller, offer_id)


@router.post("/{offer_id}/submission", response_model=OwnOfferOut, responses=errors(OfferNotFound, OfferFixed))
async def submit_enrichment_offer(session: TenantSession, caller: Giver, offer_id: UUID, response: Response) -> AnyRow:
    """Put an offer before the moderators."""
    await service.submit(session, caller, offer_id)
    return await _shown(session, caller, offer_id, response)


@router.post(
    "/{offer_id}/decision",
    response_model=OwnOfferOut,
    dependencies=[IDEMPOTENT],
    responses=errors(OfferNotFound, OfferNotSubmitted, OfferNotOpen, OwnOffer),
)
async def decide_enrichment_offer(
    session: Session, caller: Moderator, offer_id: UUID, body: OfferDecisionIn, response: Response
) -> AnyRow:
    """Publish an offer or return it to its organisation."""
    await service.decide(session, caller, offer_id, body)
    return await _shown(session, caller, offer_id, response)


@router.post("/{offer_id}/closure", response_model=OwnOfferOut, responses=errors(OfferNotFound))
async def close_enrichment_offer(
    session: TenantSession,
    caller: Annotated[Principal, allow(scope(SCOPE), role(PARTNER_ADMIN, queries.MODERATOR))],
    offer_id: UUID,
    body: ClosureIn,
    response: Response,
) -> AnyRow:
    """End a published offer early, by its organisation or a moderator."""
    await service.close(session, caller, offer_id, body.reason)
    return await _shown(session, caller, offer_id, response)


@router.get("/{offer_id}/interests", response_model=Page[SchoolInterestOut], responses=errors(OfferNotFound))
async def list_interests(reader: TenantReader, caller: Giver, offer_id: UUID, page: PageRequest) -> dict[str, object]:
    """Schools that registered interest in an offer of the caller's organisation."""
    rows = await queries.interests_in(reader, caller, offer_id, page)
    return Page.of(rows, page, key=lambda row: (row.school_urn,))


@router.get("/{offer_id}/interest", response_model=InterestOut, responses=errors(InterestNotFound, TeachersOnly))
async def get_own_interest(reader: Reader, caller: SchoolLead, offer_id: UUID) -> AnyRow:
    """The interest of the caller's school."""
    return await interests.own_interest(reader, caller, offer_id)


@router.put(
    "/{offer_id}/interest",
    response_model=InterestOut,
    responses=errors(OfferNotFound, OfferNotOpen, OfferElsewhere, SchoolNotFound, TeachersOnly),
)
async def register_interest(
    session: Session, caller: SchoolLead, offer_id: UUID, body: InterestIn
) -> EnrichmentInterest:
    """Register the interest of the caller's school, or change its numbers; it keeps its turn."""
    return await interests.register(session, caller, offer_id, body)


@router.delete("/{offer_id}/interest", status_code=204, responses=errors(OfferNotFound, InterestNotFound, TeachersOnly))
async def withdraw_interest(session: Session, caller: SchoolLead, offer_id: UUID) -> None:
    """Take the interest back; the school that waits longest moves up."""
    await interests.withdraw(session, caller, offer_id)


async def _shown(session: Session, caller: Principal, offer_id: UUID, response: Response) -> AnyRow:
    offer = await queries.find_offer(session, caller, offer_id)
    response.headers["ETag"] = etag(offer.version)
    return offer
