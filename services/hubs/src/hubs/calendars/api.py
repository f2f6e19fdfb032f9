"""`/v1/calendar-feeds`, `/v1/calendars/….ics` and each hub's `calendar.ics`."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Path, Request, Response

from chassis.access import PUBLIC, SIGNED_IN, allow
from chassis.calendars import MEDIA_TYPE, published
from chassis.db import Reader, Session
from chassis.errors import Responses, errors
from chassis.etags import conditional
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.calendars import queries, service
from hubs.calendars.errors import CalendarFeedNotFound, CalendarNotFound, TooManyCalendarFeeds
from hubs.calendars.models import CalendarFeed
from hubs.calendars.schemas import CalendarFeedOut, CalendarFeedsOut, NewCalendarFeed
from hubs.settings import HubsSettings

router = ServiceRouter(prefix="/v1", tags=["calendars"])
Person = Annotated[Principal, allow(SIGNED_IN)]
Anybody = Annotated[Principal, allow(PUBLIC)]
OWN_EVERY = timedelta(hours=1)
HUBS_EVERY = timedelta(hours=6)
HUBS_MAX_AGE_SECONDS = 300
OWN_NAME = "NCCE courses"
CALENDAR: Responses = {
    200: {"description": "A calendar", "content": {"text/calendar": {"schema": {"type": "string"}}}},
    304: {"description": "As the caller has it"},
}


def _shown(settings: HubsSettings, feed: CalendarFeed, secret: str) -> dict[str, object]:
    url = f"{settings.public_url}v1/calendars/{secret}.ics"
    return {**CalendarFeedOut.model_validate(feed).model_dump(), "url": url}


@router.post("/calendar-feeds", status_code=201, response_model=NewCalendarFeed, responses=errors(TooManyCalendarFeeds))
async def create_calendar_feed(session: Session, caller: Person, settings: HubsSettings) -> dict[str, object]:
    """Make a link to the caller's calendar, for a calendar program to subscribe to. It is shown this once."""
    return _shown(settings, *await service.create_feed(session, caller))


@router.get("/calendar-feeds", response_model=CalendarFeedsOut)
async def list_calendar_feeds(reader: Reader, caller: Person) -> dict[str, object]:
    """The caller's links, without what they lead by."""
    return {"data": await service.list_feeds(reader, caller)}


@router.post(
    "/calendar-feeds/{feed_id}/rotation", response_model=NewCalendarFeed, responses=errors(CalendarFeedNotFound)
)
async def rotate_calendar_feed(
    session: Session, caller: Person, settings: HubsSettings, feed_id: UUID
) -> dict[str, object]:
    """Exchange a link for another; the one before leads nowhere from now on."""
    return _shown(settings, *await service.rotate_feed(session, caller, feed_id))


@router.delete("/calendar-feeds/{feed_id}", status_code=204, responses=errors(CalendarFeedNotFound))
async def revoke_calendar_feed(session: Session, caller: Person, feed_id: UUID) -> None:
    """Take a link back."""
    await service.revoke_feed(session, caller, feed_id)


@router.get("/calendars/{secret}.ics", response_class=Response, responses=CALENDAR | errors(CalendarNotFound))
async def get_calendar(
    request: Request,
    reader: Reader,
    caller: Anybody,
    settings: HubsSettings,
    secret: Annotated[str, Path(max_length=200, description="From the link")],
) -> Response:
    """Somebody's own courses, for the program that has the link: no sign-in. Nobody may keep a copy on the way."""
    person_id = await queries.person_of(reader, service.digest(secret))
    entries = await queries.own_entries(reader, person_id, str(settings.public_url))
    reply = conditional(request, published(OWN_NAME, entries, every=OWN_EVERY), MEDIA_TYPE)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


@router.get("/hubs/{hub}/calendar.ics", response_class=Response, responses=CALENDAR | errors(CalendarNotFound))
async def get_hub_calendar(
    request: Request,
    reader: Reader,
    caller: Anybody,
    settings: HubsSettings,
    hub: Annotated[str, Path(max_length=80, description="The hub's id or short name", examples=["greater-manchester"])],
) -> Response:
    """A hub's listed runs."""
    found = await queries.find_hub(reader, hub)
    entries = await queries.hub_entries(reader, found.id, str(settings.public_url))
    body = published(f"{found.name}: courses", entries, every=HUBS_EVERY)
    return conditional(request, body, MEDIA_TYPE, HUBS_MAX_AGE_SECONDS)
