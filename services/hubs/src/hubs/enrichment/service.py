"""Making offers, moderating and closing them. An offer is its organisation's alone until it is published."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.enrichment.errors import (
    CapacityBelowInterest,
    OfferFixed,
    OfferNotFound,
    OfferNotOpen,
    OfferNotSubmitted,
    OwnOffer,
    TermNotOpen,
)
from hubs.enrichment.interests import move_up
from hubs.enrichment.models import EnrichmentOffer
from hubs.enrichment.queries import MODERATOR, offered_by
from hubs.enrichment.rules import expires_on, is_open, term_days
from hubs.enrichment.schemas import OfferDecisionIn, OfferFacts, OfferIn
from hubs.parties import belongs_to, organisation_for

CONTENT = set(OfferFacts.model_fields)


async def create(session: AsyncSession, caller: Principal, body: OfferIn) -> UUID:
    """Begin an offer of an organisation for which the caller acts. Raises OrganisationNotYours and TermNotOpen."""
    offer = EnrichmentOffer(
        id=new_id(),
        organisation_id=organisation_for(caller, body.organisation_id),
        expires_on=_last_day(body),
        status="draft",
        created_at=clock.now(),
        **body.model_dump(include=CONTENT),
    )
    session.add(offer)
    await session.flush()
    await _note(session, caller, "drafted", offer)
    return offer.id


async def edit(session: AsyncSession, caller: Principal, offer_id: UUID, seen: int, facts: OfferFacts) -> None:
    """Say anew what a draft or a returned offer says. Raises OfferFixed, StaleVersion and TermNotOpen."""
    offer = await _own(session, caller, offer_id)
    if offer.status not in ("draft", "returned"):
        raise OfferFixed(f"This offer is {offer.status}.")
    require_version(offer.version, seen)
    offer.expires_on = _last_day(facts)
    for name, value in facts.model_dump(include=CONTENT).items():
        setattr(offer, name, value)
    offer.version += 1
    await session.flush()


async def discard(session: AsyncSession, caller: Principal, offer_id: UUID) -> None:
    """Throw away a draft or a returned offer. Raises OfferFixed."""
    offer = await _own(session, caller, offer_id)
    if offer.status not in ("draft", "returned"):
        raise OfferFixed(f"This offer is {offer.status}.")
    await session.delete(offer)
    await _note(session, caller, "discarded", offer)


async def submit(session: AsyncSession, caller: Principal, offer_id: UUID) -> None:
    """Put a draft or a returned offer before the moderators; submitted twice it is submitted once."""
    offer = await _own(session, caller, offer_id)
    if offer.status == "submitted":
        return
    if offer.status not in ("draft", "returned"):
        raise OfferFixed(f"This offer is {offer.status}.")
    offer.status, offer.submitted_by, offer.submitted_at = "submitted", caller.id, clock.now()
    offer.decided_by = offer.decided_at = offer.reason = None
    offer.version += 1
    await session.flush()
    await _note(session, caller, "submitted", offer)


async def decide(session: AsyncSession, caller: Principal, offer_id: UUID, word: OfferDecisionIn) -> None:
    """Publish an offer or return it, by a moderator who has nothing to do with the organisation."""
    offer = await _held(session, offer_id)
    if offer.status == "draft":
        raise OfferNotFound("No offer has this id.")
    if offer.status != "submitted":
        raise OfferNotSubmitted(f"This offer is {offer.status}.")
    if belongs_to(caller, offer.organisation_id) or offer.submitted_by == caller.id:
        raise OwnOffer("Another moderator decides on an offer of your organisation.")
    if word.outcome == "published" and offer.expires_on < clock.today():
        raise OfferNotOpen("The time of this offer is over; return it to its organisation.")
    offer.status, offer.reason = word.outcome, word.reason
    offer.decided_by, offer.decided_at = caller.id, clock.now()
    if word.outcome == "published":
        offer.published_at = offer.decided_at
    offer.version += 1
    await session.flush()
    await _note(session, caller, word.outcome, offer)


async def set_capacity(
    session: AsyncSession, caller: Principal, offer_id: UUID, seen: int, capacity: int | None
) -> None:
    """Take more or fewer schools; those that waited longest move up. Raises CapacityBelowInterest, StaleVersion."""
    offer = await _own(session, caller, offer_id)
    if offer.status == "closed":
        raise OfferFixed("This offer is closed.")
    require_version(offer.version, seen)
    if capacity is not None and capacity < offer.registered_count:
        raise CapacityBelowInterest(f"{offer.registered_count} schools are registered.", least=offer.registered_count)
    offer.capacity = capacity
    await move_up(session, offer)
    offer.version += 1
    await session.flush()
    await _note(session, caller, "capacity-set", offer)


async def close(session: AsyncSession, caller: Principal, offer_id: UUID, reason: str) -> None:
    """End a published offer early: its organisation, or a moderator. A closed offer stays closed."""
    offer = await (_held(session, offer_id) if caller.has_role(MODERATOR) else _own(session, caller, offer_id))
    if offer.published_at is None:
        raise OfferNotFound("No published offer of yours has this id.")
    if offer.status == "closed":
        return
    offer.status, offer.reason = "closed", reason
    offer.version += 1
    await session.flush()
    await _note(session, caller, "closed", offer)


def _last_day(facts: OfferFacts) -> date:
    """The last day on which the offer is found; TermNotOpen."""
    today = clock.today()
    last = expires_on(term_days(facts.academic_year, facts.term), facts.ends_on)
    if last < today or not is_open(facts.academic_year, facts.term, today):
        raise TermNotOpen("Offers are for a term that is not over, of this academic year or one of the next two.")
    return last


async def _own(session: AsyncSession, caller: Principal, offer_id: UUID) -> EnrichmentOffer:
    query = select(EnrichmentOffer).where(EnrichmentOffer.id == offer_id, offered_by(caller)).with_for_update()
    offer = await session.scalar(query.execution_options(populate_existing=True))
    if offer is None:
        raise OfferNotFound("No offer of yours has this id.")
    return offer


async def _held(session: AsyncSession, offer_id: UUID) -> EnrichmentOffer:
    offer = await session.get(EnrichmentOffer, offer_id, with_for_update=True, populate_existing=True)
    if offer is None:
        raise OfferNotFound("No offer has this id.")
    return offer


async def _note(session: AsyncSession, caller: Principal, what: str, offer: EnrichmentOffer) -> None:
    details: dict[str, audit.JSON] = {"organisation_id": str(offer.organisation_id), "reason": offer.reason}
    await audit.record(session, caller, f"enrichment-offer.{what}", f"enrichment-offer:{offer.id}", details)
