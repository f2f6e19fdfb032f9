"""For demonstrations: an invented alliance around the demonstration's school, close to asking to be a hub."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.service import Progress
from hubs.alliances.models import Alliance, AllianceSchool
from hubs.schools.models import School

ALLIANCE_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/alliances/synthetic")
FORMED_BY = uuid5(NAMESPACE_URL, "https://ncce.example.org/synthetic-people/alliance")
LEAD_URN = "900003"
SCHOOLS = 10
FORMED_DAYS_AGO = 30


async def load_demo_alliance(session: AsyncSession, progress: Progress) -> None:
    """Ten schools, of which the last has yet to consent; it stays as people leave it once it is there."""
    lead = await session.get(School, LEAD_URN)
    if lead is not None and await session.get(Alliance, ALLIANCE_ID) is None:
        schools = await _nearest(session, lead)
        if LEAD_URN in schools:
            await _form(session, schools)
    progress(1, 1)


async def _nearest(session: AsyncSession, lead: School) -> Sequence[str]:
    """Open synthetic schools that are in no alliance, the lead school first."""
    taken = exists().where(AllianceSchool.urn == School.urn, AllianceSchool.left_on.is_(None))
    away = func.power(School.latitude - lead.latitude, 2) + func.power((School.longitude - lead.longitude) * 0.6, 2)
    query = select(School.urn).where(
        School.source == "synthetic",
        School.is_open,
        School.is_state_funded.is_(True),
        School.latitude.is_not(None),
        ~taken,
    )
    return (await session.scalars(query.order_by(School.urn != LEAD_URN, away, School.urn).limit(SCHOOLS))).all()


async def _form(session: AsyncSession, schools: Sequence[str]) -> None:
    formed_at = clock.now() - timedelta(days=FORMED_DAYS_AGO)
    session.add(
        Alliance(
            id=ALLIANCE_ID,
            name="Tame Valley STEM alliance (synthetic)",
            region="North West",
            purpose="Meets each half-term in turn at its schools, shares kits, and means to open a centre together.",
            lead_urn=LEAD_URN,
            status="forming",
            formed_at=formed_at,
            formed_by=FORMED_BY,
        )
    )
    await session.flush()
    session.add_all(
        AllianceSchool(
            id=new_id(),
            alliance_id=ALLIANCE_ID,
            urn=urn,
            asked_on=formed_at.date(),
            asked_by=FORMED_BY,
            consented_on=formed_at.date() if urn != schools[-1] else None,
            consented_by=FORMED_BY if urn != schools[-1] else None,
        )
        for urn in schools
    )
    await session.flush()
