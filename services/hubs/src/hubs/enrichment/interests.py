"""Schools' interest in offers: within the capacity in the order of their coming, the others wait their turn."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from hubs.areas.models import District
from hubs.base import AnyRow
from hubs.enrichment.errors import InterestNotFound, OfferElsewhere, OfferNotFound, OfferNotOpen
from hubs.enrichment.models import EnrichmentInterest, EnrichmentOffer
from hubs.enrichment.queries import region_of_school
from hubs.enrichment.schemas import InterestIn
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School
from hubs.teachers.service import teacher_of


async def register(session: AsyncSession, caller: Principal, offer_id: UUID, word: InterestIn) -> EnrichmentInterest:
    """Note the interest of the caller's school, or change its numbers; it keeps its turn.

    Raises OfferNotOpen, OfferElsewhere and SchoolNotFound.
    """
    urn = teacher_of(caller).school_urn
    offer = await _published(session, offer_id)
    if offer.status != "published" or offer.expires_on < clock.today():
        raise OfferNotOpen("This offer was closed, or its time is over.")
    await _refuse_elsewhere(session, offer, urn)
    interest = await session.get(EnrichmentInterest, (offer_id, urn), populate_existing=True)
    if interest is None:
        interest = EnrichmentInterest(offer_id=offer_id, school_urn=urn, status="withdrawn")
        session.add(interest)
    interest.pupils, interest.staff, interest.contact_role = word.pupils, word.staff, word.contact_role
    interest.registered_by = teacher_of(caller).id
    if interest.status == "withdrawn":
        _queue(offer, interest)
        await audit.record(
            session, caller, "enrichment-interest.registered", f"enrichment-offer:{offer_id}", {"urn": urn}
        )
    await session.flush()
    return interest


async def withdraw(session: AsyncSession, caller: Principal, offer_id: UUID) -> None:
    """Take the interest of the caller's school back; who waits longest moves up. Raises InterestNotFound."""
    urn = teacher_of(caller).school_urn
    offer = await _published(session, offer_id)
    interest = await session.get(EnrichmentInterest, (offer_id, urn), populate_existing=True)
    if interest is None or interest.status == "withdrawn":
        raise InterestNotFound("Your school has registered no interest in this offer.")
    offer.registered_count -= interest.status == "registered"
    offer.waiting_count -= interest.status == "waiting"
    interest.status = "withdrawn"
    await session.flush()
    await move_up(session, offer)
    await audit.record(session, caller, "enrichment-interest.withdrawn", f"enrichment-offer:{offer_id}", {"urn": urn})


async def move_up(session: AsyncSession, offer: EnrichmentOffer) -> None:
    """Register those that wait longest as far as there is room. The caller holds the offer."""
    free = offer.waiting_count if offer.capacity is None else offer.capacity - offer.registered_count
    if min(free, offer.waiting_count) <= 0:
        return
    waiting = select(EnrichmentInterest).where(
        EnrichmentInterest.offer_id == offer.id, EnrichmentInterest.status == "waiting"
    )
    in_turn = waiting.order_by(EnrichmentInterest.since_at, EnrichmentInterest.school_urn).limit(free)
    for interest in (await session.scalars(in_turn.execution_options(populate_existing=True))).all():
        interest.status = "registered"
        offer.registered_count += 1
        offer.waiting_count -= 1
    await session.flush()


async def own_interest(reader: AsyncConnection, caller: Principal, offer_id: UUID) -> AnyRow:
    """The interest of the caller's school; InterestNotFound."""
    query = select(EnrichmentInterest.__table__).where(
        EnrichmentInterest.offer_id == offer_id, EnrichmentInterest.school_urn == teacher_of(caller).school_urn
    )
    row = (await reader.execute(query)).first()
    if row is None:
        raise InterestNotFound("Your school has registered no interest in this offer.")
    return row


def _queue(offer: EnrichmentOffer, interest: EnrichmentInterest) -> None:
    has_room = offer.capacity is None or offer.registered_count < offer.capacity
    interest.since_at, interest.status = clock.now(), "registered" if has_room else "waiting"
    offer.registered_count += has_room
    offer.waiting_count += not has_room


async def _published(session: AsyncSession, offer_id: UUID) -> EnrichmentOffer:
    query = select(EnrichmentOffer).where(EnrichmentOffer.id == offer_id, EnrichmentOffer.published_at.is_not(None))
    offer = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if offer is None:
        raise OfferNotFound("No published offer has this id.")
    return offer


async def _refuse_elsewhere(session: AsyncSession, offer: EnrichmentOffer, urn: str) -> None:
    query = select(School.is_open, region_of_school().label("region"))
    query = query.outerjoin(District, District.code == School.district_code).where(School.urn == urn)
    school = (await session.execute(query)).first()
    if school is None or not school.is_open:
        raise SchoolNotFound(f"No open school has the URN {urn}.")
    if not offer.is_national and school.region is not None and school.region not in offer.regions:
        raise OfferElsewhere(f"It is for schools in {', '.join(offer.regions)}; yours is in {school.region}.")
