"""Forming an alliance, schools consenting to it, asking to be a hub, and what follows once it is one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from contracts.hubs import HubChanged
from hubs.alliances.access import led_by, seen_by
from hubs.alliances.errors import (
    AllianceNotFound,
    AllianceSchoolUnknown,
    AllianceStepWrong,
    AllianceTooSmall,
    AlreadyInAlliance,
)
from hubs.alliances.models import Alliance, AllianceSchool
from hubs.alliances.queries import findings_of, members_of
from hubs.alliances.schemas import AllianceApplicationIn, AllianceIn
from hubs.directory import administration, network
from hubs.directory.administration_schemas import ApplicationIn
from hubs.schools.access import school_of_lead
from hubs.schools.models import School
from hubs.sets import any_of

KIND = "stem_skills_hub"
TAKES_SCHOOLS = ("forming", "applied", "hub")


async def form(session: AsyncSession, caller: Principal, wanted: AllianceIn) -> UUID:
    """Form an alliance that the caller's school leads, and ask others into it; its id.

    Raises TeachersOnly, RegionUnknown, AllianceSchoolUnknown and AlreadyInAlliance.
    """
    lead_urn = school_of_lead(caller)
    administration.refuse_unknown_region(wanted.region)
    others = [urn for urn in dict.fromkeys(wanted.schools) if urn != lead_urn]
    await _refuse_unknown(session, [lead_urn, *others])
    assert caller.id is not None
    alliance = Alliance(
        id=new_id(),
        name=wanted.name,
        region=wanted.region,
        purpose=wanted.purpose,
        lead_urn=lead_urn,
        status="forming",
        formed_at=clock.now(),
        formed_by=caller.id,
    )
    session.add(alliance)
    await session.flush()
    await _add(session, _asked(alliance, caller.id, lead_urn, consents=True))
    for urn in others:
        await _add(session, _asked(alliance, caller.id, urn))
    await _record(session, caller, "formed", alliance, {"lead": lead_urn, "asked": [*others]})
    return alliance.id


async def ask(session: AsyncSession, caller: Principal, alliance_id: UUID, urn: str) -> None:
    """Ask another school into an alliance that the caller leads. Raises AllianceSchoolUnknown and AlreadyInAlliance."""
    alliance = await _held(session, caller, alliance_id)
    await _refuse_unknown(session, [urn])
    assert caller.id is not None
    await _add(session, _asked(alliance, caller.id, urn))
    await _record(session, caller, "school-asked", alliance, {"urn": urn})


async def say(session: AsyncSession, caller: Principal, alliance_id: UUID, *, is_in: bool) -> None:
    """Let the caller's school consent, decline or leave; the lead school does not leave. A repeat changes nothing.

    Raises AlreadyInAlliance when it is in another, AllianceStepWrong when it was not asked. A school that
    consents to an alliance that is a hub belongs to the hub from today on, one that leaves until today.
    """
    urn = school_of_lead(caller)
    alliance = await _held(session, caller, alliance_id, only_lead=False)
    query = select(AllianceSchool).where(
        AllianceSchool.alliance_id == alliance_id, AllianceSchool.urn == urn, AllianceSchool.left_on.is_(None)
    )
    part = await session.scalar(query)
    if part is None:
        raise AllianceStepWrong("The school is not asked into this alliance.")
    if is_in == (part.consented_on is not None) and is_in:
        return
    if urn == alliance.lead_urn:
        raise AllianceStepWrong("The lead school does not leave; it ends the alliance.")
    today = clock.today()
    if is_in:
        part.consented_on, part.consented_by = today, caller.id
        await _flush(session, urn)
    else:
        part.left_on = today
        await session.flush()
    if alliance.status == "hub" and alliance.hub_id is not None and (is_in or part.consented_on is not None):
        change = network.let_belong if is_in else network.let_leave
        await change(session, caller, alliance.hub_id, urn, today)
    await _record(session, caller, "school-consented" if is_in else "school-left", alliance, {"urn": urn})


async def apply(session: AsyncSession, caller: Principal, alliance_id: UUID, wanted: AllianceApplicationIn) -> None:
    """Ask to be a STEM skills hub: an application as any hub's, which two administrators decide.

    Raises AllianceTooSmall, AllianceStepWrong while there are findings that nobody accepts, and what applying raises.
    """
    alliance = await _held(session, caller, alliance_id)
    if alliance.status != "forming":
        raise AllianceStepWrong(f"The alliance is {alliance.status}.")
    found = findings_of(await members_of(session, alliance_id))
    told = [{"code": one.code, "says": one.says} for one in found]
    if any(one.is_decisive for one in found):
        raise AllianceTooSmall(" ".join(one.says for one in found if one.is_decisive), findings=told)
    if found and wanted.findings_accepted_because is None:
        raise AllianceStepWrong("Say why the findings are accepted.", findings=told)
    lead = await session.get_one(School, alliance.lead_urn)
    application = ApplicationIn(
        slug=wanted.slug,
        name=alliance.name,
        kind=KIND,
        region=alliance.region,
        lead_school=lead.name[:120],
        lead_school_urn=lead.urn,
        postcode=wanted.postcode,
        email=wanted.email,
        reason=wanted.reason,
    )
    hub = await administration.apply(session, caller, application)
    alliance.status, alliance.hub_id = "applied", hub.id
    await session.flush()
    details: dict[str, audit.JSON] = {"hub": str(hub.id), "findings": [one.code for one in found]}
    await _record(session, caller, "applied", alliance, details | {"accepted": wanted.findings_accepted_because})


async def end(session: AsyncSession, caller: Principal, alliance_id: UUID, reason: str) -> None:
    """End an alliance that is not a hub; a hub is closed as hubs are. A repeat changes nothing; AllianceStepWrong."""
    alliance = await _held(session, caller, alliance_id)
    if alliance.status == "dissolved":
        return
    if alliance.status != "forming":
        raise AllianceStepWrong("What asked to be a hub is closed by administrators.")
    await _dissolve(session, alliance, reason)
    await _record(session, caller, "dissolved", alliance, {"reason": reason})


async def follow_hub(session: AsyncSession, event: HubChanged) -> None:
    """A hub is open or closed: its alliance, if it has one, is what its hub is. Said again, it changes nothing."""
    query = select(Alliance).where(Alliance.hub_id == event.hub_id).with_for_update()
    alliance = await session.scalar(query)
    if alliance is None:
        return
    if event.stage == "closed" and alliance.status != "dissolved":
        await _dissolve(session, alliance, "The hub was closed.")
        await _record(session, None, "dissolved", alliance, {"reason": "The hub was closed."})
    elif event.is_open and alliance.status == "applied":
        alliance.status = "hub"
        await session.flush()
        for member in await members_of(session, alliance.id):
            if member.consented_on is not None:
                await network.let_belong(session, None, event.hub_id, member.urn, clock.today())
        await _record(session, None, "became-hub", alliance, {"hub": str(event.hub_id)})


async def _dissolve(session: AsyncSession, alliance: Alliance, reason: str) -> None:
    alliance.status, alliance.ended_on, alliance.ended_because = "dissolved", clock.today(), reason
    query = select(AllianceSchool).where(AllianceSchool.alliance_id == alliance.id, AllianceSchool.left_on.is_(None))
    for part in await session.scalars(query):
        part.left_on = alliance.ended_on
    await session.flush()


async def _held(session: AsyncSession, caller: Principal, alliance_id: UUID, *, only_lead: bool = True) -> Alliance:
    """An alliance, held until commit: one that the caller leads, or just sees; AllianceNotFound."""
    whose = led_by(caller) if only_lead else seen_by(caller)
    query = select(Alliance).where(Alliance.id == alliance_id, whose).with_for_update()
    alliance = await session.scalar(query.execution_options(populate_existing=True))
    if alliance is None:
        raise AllianceNotFound("No alliance of yours has this id.")
    return alliance


def _asked(alliance: Alliance, by: UUID, urn: str, *, consents: bool = False) -> AllianceSchool:
    today = clock.today()
    return AllianceSchool(
        id=new_id(),
        alliance_id=alliance.id,
        urn=urn,
        asked_on=today,
        asked_by=by,
        consented_on=today if consents else None,
        consented_by=by if consents else None,
    )


async def _add(session: AsyncSession, part: AllianceSchool) -> None:
    alliance = await session.get_one(Alliance, part.alliance_id)
    if alliance.status not in TAKES_SCHOOLS:
        raise AllianceStepWrong(f"The alliance is {alliance.status}.")
    session.add(part)
    await _flush(session, part.urn)


async def _flush(session: AsyncSession, urn: str) -> None:
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyInAlliance(f"School {urn} is in an alliance already, or asked into this one.") from error


async def _refuse_unknown(session: AsyncSession, urns: Sequence[str]) -> None:
    known = set(await session.scalars(select(School.urn).where(any_of(School.urn, urns), School.is_open)))
    if unknown := [urn for urn in urns if urn not in known]:
        raise AllianceSchoolUnknown(f"The register holds no open school {', '.join(unknown[:5])}.", urns=unknown)


async def _record(
    session: AsyncSession, caller: Principal | None, action: str, alliance: Alliance, details: dict[str, audit.JSON]
) -> None:
    await audit.record(session, caller, f"alliance.{action}", f"alliance:{alliance.id}", details)
