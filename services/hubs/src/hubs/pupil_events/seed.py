"""For demonstrations: one invented event of the A level programme, called synthetic."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.clock import ENGLAND
from chassis.service import Progress
from hubs.academic_years import academic_year_of
from hubs.directory.models import Hub
from hubs.pupil_events.models import PupilEvent

EVENT_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/pupil-events/master-class-synthetic")
HUB_ID = uuid5(NAMESPACE_URL, "https://ncce.example.org/hubs/greater-manchester")
AHEAD = timedelta(weeks=8)


async def load_demo_event(session: AsyncSession, progress: Progress) -> None:
    """A master class of the demonstration's hub, eight weeks ahead when first loaded; it stays as it is."""
    hub = await session.get(Hub, HUB_ID)
    if hub is not None and await session.get(PupilEvent, EVENT_ID) is None:
        on = clock.today() + AHEAD
        session.add(
            PupilEvent(
                id=EVENT_ID,
                programme_slug="a-level",
                hub_id=hub.id,
                title="Master class: how machines learn (synthetic)",
                kind="master_class",
                mode="face_to_face",
                key_stages=["ks4", "post_16"],
                starts_at=datetime.combine(on, time(10), ENGLAND),
                ends_at=datetime.combine(on, time(14, 30), ENGLAND),
                starts_on=on,
                academic_year=academic_year_of(on),
                venue="Lecture theatre 2",
                town="Ashton-under-Lyne",
                postcode="OL6 6NX",
                latitude=hub.latitude,
                longitude=hub.longitude,
                region=hub.region,
                pupil_capacity=80,
                school_capacity=8,
                status="open",
            )
        )
    progress(1, 1)
