"""Attesting an offer, and deciding between attestations that contradict each other."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from hubs.academic_years import academic_year_of, year_before
from hubs.areas.models import DistrictSuccessor
from hubs.coverage.models import HubCoverage
from hubs.coverage.queries import in_force
from hubs.gcse_offers.errors import AttestationDecided, AttestationNotFound, OwnAttestation, YearNotOpen
from hubs.gcse_offers.models import AttestationStatus
from hubs.gcse_offers.models import GcseOfferAttestation as Attestation
from hubs.gcse_offers.schemas import AttestationIn, OfferDecisionIn
from hubs.registers.access import hubs_staffed_by
from hubs.schools.errors import SchoolNotFound
from hubs.schools.models import School
from hubs.schools.news import school_changed
from hubs.sets import any_of


async def attest(session: AsyncSession, caller: Principal, word: AttestationIn) -> Attestation:
    """Keep somebody's word. The first of a school and year stands, one like it confirms it, a contrary one is reviewed.

    Raises SchoolNotFound for a school that is not the caller's, and YearNotOpen.
    """
    this_year = academic_year_of(clock.today())
    if word.academic_year not in (this_year, year_before(this_year)):
        raise YearNotOpen(f"Offers are attested for {this_year} and {year_before(this_year)}.")
    # One at a time per school: the row is what the value flows into.
    school = await session.get(School, word.urn, with_for_update=True)
    hub_id = None if school is None or _leads(caller, word.urn) else await _hub_of(session, caller, school)
    if school is None or (hub_id is None and not _leads(caller, word.urn)):
        raise SchoolNotFound(f"No school of yours has the URN {word.urn}.")
    standing = await _standing(session, word.urn, word.academic_year)
    attestation = Attestation(
        id=new_id(),
        attested_as="hub_staff" if hub_id else "school_lead",
        hub_id=hub_id,
        attested_by=caller.id,
        attested_at=clock.now(),
        status=_status(standing, word.offers),
        **word.model_dump(),
    )
    session.add(attestation)
    if attestation.status == "standing":
        await _let_count(session, school, attestation)
    await audit.record(session, caller, "gcse-offer.attested", f"school:{word.urn}", _details(attestation))
    return attestation


async def decide(session: AsyncSession, caller: Principal, attestation_id: UUID, word: OfferDecisionIn) -> Attestation:
    """Accept a contrary attestation, which then counts, or refuse it."""
    urn = await session.scalar(select(Attestation.urn).where(Attestation.id == attestation_id))
    if urn is None:
        raise AttestationNotFound("No attestation has this id.")
    school = await session.get_one(School, urn, with_for_update=True)
    attestation = await session.get_one(Attestation, attestation_id, populate_existing=True)
    if attestation.status != "in_review":
        raise AttestationDecided(f"This attestation is {attestation.status}.")
    if attestation.attested_by == caller.id:
        raise OwnAttestation("You attested this yourself; another moderator decides.")
    if word.outcome == "refused":
        attestation.status = "refused"
    else:
        await _overrule(session, attestation)
        await _let_count(session, school, attestation)
    attestation.decided_by, attestation.decided_at, attestation.reason = caller.id, clock.now(), word.reason
    details = _details(attestation) | {"reason": word.reason}
    await audit.record(session, caller, f"gcse-offer.{word.outcome}", f"school:{urn}", details)
    return attestation


def _leads(caller: Principal, urn: str) -> bool:
    return caller.has_role("school_lead") and caller.attributes.get("school_urn") == urn


async def _hub_of(session: AsyncSession, caller: Principal, school: School) -> UUID | None:
    """The hub of the caller's that covers the school's district today, also under an older code of the district."""
    heirs = select(DistrictSuccessor.new_code).where(DistrictSuccessor.old_code == school.district_code)
    covering = select(HubCoverage.hub_id).where(
        any_of(HubCoverage.hub_id, hubs_staffed_by(caller)),
        in_force(clock.today()),
        (HubCoverage.district_code == school.district_code) | HubCoverage.district_code.in_(heirs),
    )
    return await session.scalar(covering.limit(1))


async def _standing(session: AsyncSession, urn: str, academic_year: str) -> Attestation | None:
    query = select(Attestation).where(
        Attestation.urn == urn, Attestation.academic_year == academic_year, Attestation.status == "standing"
    )
    return await session.scalar(query)


def _status(standing: Attestation | None, offers: bool) -> AttestationStatus:
    if standing is None:
        return "standing"
    return "confirming" if standing.offers == offers else "in_review"


async def _overrule(session: AsyncSession, accepted: Attestation) -> None:
    """Let `accepted` stand in place of the other; what waited and says the same confirms it."""
    alike = (Attestation.urn == accepted.urn) & (Attestation.academic_year == accepted.academic_year)
    old = update(Attestation).where(alike, Attestation.status == "standing")
    await session.execute(old.values(status="overruled"))
    waiting = update(Attestation).where(alike, Attestation.status == "in_review", Attestation.id != accepted.id)
    await session.execute(waiting.values(status="confirming"))
    accepted.status = "standing"
    await session.flush()


async def _let_count(session: AsyncSession, school: School, attestation: Attestation) -> None:
    """Let the value of the present year flow into the school's facts, and tell when it changes them."""
    if attestation.academic_year != academic_year_of(clock.today()):
        return
    if school.offers_gcse_computer_science != attestation.offers:
        school.offers_gcse_computer_science = attestation.offers
        facts = {column.name: getattr(school, column.name) for column in School.__table__.columns}
        await publish(session, school_changed(facts))


def _details(attestation: Attestation) -> dict[str, audit.JSON]:
    return {
        "attestation": str(attestation.id),
        "academic_year": attestation.academic_year,
        "offers": attestation.offers,
        "status": attestation.status,
    }
