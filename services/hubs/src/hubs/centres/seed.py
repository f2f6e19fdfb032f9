"""For demonstrations: one invented centre with a room, called synthetic."""

from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.service import Progress
from hubs.centres.models import Centre, CentreSpace
from hubs.directory.models import Hub

CENTRE_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/centres/synthetic")
SPACE_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/centre-spaces/maker-room-synthetic")
HUB_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester")
WEEK = ("mon", "tue", "wed", "thu", "fri")


async def load_demo_centre(session: AsyncSession, progress: Progress) -> None:
    """An open centre of the demonstration's hub; it stays as it is once it is there."""
    hub = await session.get(Hub, HUB_ID)
    if hub is not None and await session.get(Centre, CENTRE_ID) is None:
        session.add(
            Centre(
                id=CENTRE_ID,
                hub_id=hub.id,
                name="Tameside STEM centre (synthetic)",
                address="Old library, 4 Mill Lane",
                town="Ashton-under-Lyne",
                postcode="OL6 6NX",
                latitude=hub.latitude,
                longitude=hub.longitude,
                opening_hours=[{"weekday": day, "opens": "08:30", "closes": "18:00"} for day in WEEK],
                accessibility={"step_free_entrance": True, "accessible_toilet": True, "hearing_loop": False},
                planned_cost_pence=7_500_000,
                status="open",
                opened_on=clock.today(),
            )
        )
        await session.flush()
        session.add(
            CentreSpace(
                id=SPACE_ID,
                centre_id=CENTRE_ID,
                name="Maker room",
                capacity=32,
                equipment=[{"name": "3D printer", "count": 4}, {"name": "Laptop", "count": 16}],
                is_bookable=True,
            )
        )
    progress(1, 1)
