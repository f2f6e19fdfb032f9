"""For demonstrations: kits called synthetic, and the schools between which they are lent."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.service import Progress
from contracts.hubs import HubMembership, SchoolMembershipChanged
from hubs.academic_years import academic_year_of, days_of
from hubs.directory.models import Hub, HubSchool
from hubs.equipment.models import Kit
from hubs.schools.models import School

HUB_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester")
MEMBERS = ("900003", "900059", "900060")
OWNER = "900059"


def kit_id(slug: str) -> UUID:
    """An invented kit's identifier, the same on every platform."""
    return uuid5(NAMESPACE_URL, f"https://ncce.example.org/kits/{slug}")


async def load_demo_kits(session: AsyncSession, progress: Progress) -> None:
    """Two kits of the demonstration's hub, one owned by a school; what is there already stays as it is."""
    if await session.get(Hub, HUB_ID) is not None and await session.get(School, OWNER) is not None:
        for urn in MEMBERS:
            await _join(session, urn)
        known = set(await session.scalars(select(Kit.id)))
        session.add_all(kit for kit in _kits() if kit.id not in known)
    progress(2, 2)


async def _join(session: AsyncSession, urn: str) -> None:
    if await session.scalar(select(HubSchool.hub_id).where(HubSchool.urn == urn).limit(1)) is not None:
        return
    joined_on = days_of(academic_year_of(clock.today()))[0]
    session.add(HubSchool(id=new_id(), hub_id=HUB_ID, urn=urn, joined_on=joined_on))
    membership = HubMembership(hub_id=HUB_ID, joined_on=joined_on, left_on=None)
    await publish(session, SchoolMembershipChanged(urn=urn, memberships=(membership,)))


def _kits() -> list[Kit]:
    common = {"hub_id": HUB_ID, "condition": "good", "longest_loan_days": 28, "is_withdrawn": False}
    microbits = {"kind": "microbits", "title": "Class set of micro:bits (synthetic)", "items_count": 30}
    robots = {"kind": "robots", "title": "Floor robots (synthetic)", "items_count": 6, "owner_urn": OWNER}
    return [
        Kit(id=kit_id("microbits-synthetic"), value_pence=52_500, **microbits, **common),
        Kit(id=kit_id("floor-robots-synthetic"), value_pence=39_000, **robots, **common),
    ]
