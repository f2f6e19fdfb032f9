"""For demonstrations: an invented alliance that has become a STEM hub, opened a centre and shares its equipment."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.principal import Principal
from chassis.service import Progress
from contracts.hubs import HubChanged
from hubs.alliances.models import Alliance, AllianceSchool, HubGuest
from hubs.alliances.service import follow_hub
from hubs.areas.models import District
from hubs.centres.models import Centre, CentreSpace
from hubs.directory import administration
from hubs.directory.administration_schemas import ApplicationIn, StepIn
from hubs.directory.models import Hub, HubSchool
from hubs.equipment.models import Kit
from hubs.schools.models import School

PLACE = "https://ncce.example.org/alliances/synthetic-hub"
ALLIANCE_ID = uuid5(NAMESPACE_URL, PLACE)
NAME = "Northern Light STEM hub (synthetic)"
MEMBERS, GUEST_DAYS = 10, 180
WEEK = ("mon", "tue", "wed", "thu", "fri")


async def load_demo_stem_hub(session: AsyncSession, progress: Progress) -> None:
    """From an alliance over two administrators to a centre with a guest; once there, it stays as people leave it."""
    if await session.get(Alliance, ALLIANCE_ID) is None:
        schools = await _schools(session)
        if len(schools) > MEMBERS:
            *members, guest = schools
            hub = await _become_a_hub(session, members)
            await _open_centre(session, hub, members[0])
            await _share(session, hub, guest)
    progress(1, 1)


def _somebody(part: str) -> Principal:
    return Principal(kind="person", id=_id(part))


def _id(part: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{PLACE}/{part}")


async def _schools(session: AsyncSession) -> Sequence[School]:
    """The northernmost invented school that is of no hub or alliance, and those nearest to it."""
    taken = exists().where(AllianceSchool.urn == School.urn, AllianceSchool.left_on.is_(None))
    belongs = exists().where(HubSchool.urn == School.urn)
    free = select(School).where(
        School.source == "synthetic",
        School.is_open,
        School.is_state_funded.is_(True),
        School.latitude.is_not(None),
        School.district_code.is_not(None),
        School.sector.is_not(None),
        ~taken,
        ~belongs,
    )
    lead = await session.scalar(free.order_by(School.latitude.desc(), School.urn).limit(1))
    if lead is None:
        return []
    away = func.power(School.latitude - lead.latitude, 2) + func.power((School.longitude - lead.longitude) * 0.6, 2)
    query = free.order_by(School.urn != lead.urn, away, School.urn).limit(MEMBERS + 1)
    return (await session.scalars(query)).all()


async def _become_a_hub(session: AsyncSession, members: Sequence[School]) -> Hub:
    """As an application of any hub: one administrator assesses it, another designates it."""
    lead = members[0]
    region = await session.scalar(select(District.region).where(District.code == lead.district_code))
    assert region is not None
    formed_by, first, second = (_somebody(part) for part in ("lead", "administrator", "second-administrator"))
    application = ApplicationIn(
        slug="northern-light-stem-synthetic",
        name=NAME,
        kind="stem_skills_hub",
        region=region,
        lead_school=lead.name[:120],
        lead_school_urn=lead.urn,
        postcode=f"{lead.sector}AA",
        email="northern-light@demo.example.org",
        reason="Ten schools have met since spring and have rooms for a centre.",
    )
    hub = await administration.apply(session, formed_by, application)
    await _form(session, hub, members, region)
    for caller, step in ((first, "assessed"), (second, "designated")):
        wanted = StepIn.model_validate({"to": step, "on": clock.today(), "reason": "Invented for demonstration."})
        await administration.step(session, caller, hub.id, wanted)
    facts = {name: getattr(hub, name) for name in HubChanged.model_fields if name != "hub_id"}
    await follow_hub(session, HubChanged(hub_id=hub.id, **facts))
    return hub


async def _form(session: AsyncSession, hub: Hub, members: Sequence[School], region: str) -> None:
    today, by = clock.today(), _id("lead")
    session.add(
        Alliance(
            id=ALLIANCE_ID,
            name=NAME,
            region=region,
            purpose="Runs a centre above the library of its lead school, and lends what is in it to neighbours.",
            lead_urn=members[0].urn,
            status="applied",
            hub_id=hub.id,
            formed_at=clock.now(),
            formed_by=by,
        )
    )
    await session.flush()
    consent = {"asked_on": today, "asked_by": by, "consented_on": today, "consented_by": by}
    session.add_all(AllianceSchool(id=new_id(), alliance_id=ALLIANCE_ID, urn=one.urn, **consent) for one in members)
    await session.flush()


async def _open_centre(session: AsyncSession, hub: Hub, host: School) -> None:
    session.add(
        Centre(
            id=_id("centre"),
            hub_id=hub.id,
            host_urn=host.urn,
            name="Northern Light centre (synthetic)",
            address="Library wing, 2 Harbour Street",
            town=host.town or "Northern Light",
            postcode=hub.postcode,
            latitude=hub.latitude,
            longitude=hub.longitude,
            opening_hours=[{"weekday": day, "opens": "08:30", "closes": "17:30"} for day in WEEK],
            accessibility={"step_free_entrance": True, "lift": True},
            planned_cost_pence=7_500_000,
            status="open",
            opened_on=clock.today(),
        )
    )
    await session.flush()
    sensors = [{"name": "Data logger", "count": 12}, {"name": "Laptop", "count": 16}]
    room = {"name": "Sensor workshop", "capacity": 28, "equipment": sensors, "is_bookable": True}
    session.add(CentreSpace(id=_id("space"), centre_id=_id("centre"), **room))
    await session.flush()


async def _share(session: AsyncSession, hub: Hub, guest: School) -> None:
    today = clock.today()
    kit = {"kind": "sensors", "title": "Weather station kit (synthetic)", "items_count": 12, "condition": "good"}
    lent = {"value_pence": 84_000, "longest_loan_days": 28, "is_withdrawn": False}
    session.add(Kit(id=_id("kit"), hub_id=hub.id, **kit, **lent))
    days = {"from_on": today, "until_on": today + timedelta(days=GUEST_DAYS)}
    why = {"because": "A neighbour without a hub of its own.", "admitted_by": _id("lead")}
    session.add(HubGuest(id=_id("guest"), hub_id=hub.id, urn=guest.urn, **days, **why))
    await session.flush()
