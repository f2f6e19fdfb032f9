"""`/v1/centres`, `/v1/centre-spaces` and `/v1/centre-bookings`: equipped spaces of hubs, and when they are booked."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, conditional, etag
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.areas.errors import OutsideEngland, PostcodeMalformed, PostcodeUnknown
from hubs.base import AnyRow
from hubs.centres import bookings, exports, queries, service
from hubs.centres.errors import (
    BookingTimeWrong,
    CentreNameTaken,
    CentreNotFound,
    CentreShut,
    CentreStepNotPossible,
    SpaceBookingNotFound,
    SpaceBookingOver,
    SpaceNotBookable,
    SpaceNotFound,
    SpaceTaken,
    SpaceTooSmall,
)
from hubs.centres.models import CentreSpace
from hubs.centres.schemas import (
    CentreDetail,
    CentreEdit,
    CentreFilter,
    CentreIn,
    CentreOut,
    SpaceBookingFilter,
    SpaceBookingIn,
    SpaceBookingOut,
    SpaceEdit,
    SpaceIn,
    SpaceOut,
    TimesFilter,
    TimesOut,
)
from hubs.courses.errors import DistanceNeedsPlace
from hubs.directory.errors import HubNotFound, NotOfTheHub
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.registers.access import HUB_STAFF
from hubs.schools.access import SCHOOL_LEAD
from hubs.schools.errors import SchoolNotFound

router = ServiceRouter(prefix="/v1", tags=["centres"])
Anybody = Annotated[Principal, allow(PUBLIC)]
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]
Booker = Annotated[Principal, allow(role(SCHOOL_LEAD, *HUB_STAFF))]
POSTCODE = (PostcodeMalformed, PostcodeUnknown, OutsideEngland)
MAX_AGE_SECONDS = 300


def _tagged(response: Response, version: int) -> None:
    response.headers["ETag"] = etag(version)


@router.get("/centres.geojson", response_class=Response)
async def get_centres_geojson(request: Request, reader: Reader, caller: Anybody) -> Response:
    """All centres that are planned or open, as GeoJSON."""
    body = exports.geojson(await queries.all_centres(reader))
    return conditional(request, body, "application/geo+json", MAX_AGE_SECONDS)


@router.get("/centres", response_model=Page[CentreOut], responses=errors(DistanceNeedsPlace, *POSTCODE))
async def list_centres(
    reader: Reader, caller: Anybody, wanted: Annotated[CentreFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Centres by name; with `near`, nearest first."""
    rows = await queries.list_centres(reader, wanted, page)
    return Page.of(rows, page, key=lambda row: queries.key_of_centre(row, wanted.near is not None))


@router.post(
    "/centres",
    status_code=201,
    response_model=CentreDetail,
    dependencies=[IDEMPOTENT],
    responses=errors(HubNotFound, SchoolNotFound, CentreNameTaken, *POSTCODE),
)
async def plan_centre(session: Session, caller: Keeper, body: CentreIn, response: Response) -> dict[str, object]:
    """Keep a planned centre of the caller's hub."""
    centre = await queries.find_centre(session, await service.plan(session, caller, body))
    _tagged(response, centre["version"])
    return centre


@router.get("/centres/{centre_id}", response_model=CentreDetail, responses=errors(CentreNotFound))
async def get_centre(reader: Reader, caller: Anybody, centre_id: UUID, response: Response) -> dict[str, object]:
    """One centre with its spaces. Its ETag is what an edit needs."""
    centre = await queries.find_centre(reader, centre_id)
    _tagged(response, centre["version"])
    return centre


@router.patch(
    "/centres/{centre_id}",
    response_model=CentreDetail,
    responses=errors(CentreNotFound, CentreStepNotPossible, CentreNameTaken, IfMatchMissing, StaleVersion, *POSTCODE),
)
async def edit_centre(
    session: Session, caller: Keeper, centre_id: UUID, seen: IfMatch, body: CentreEdit, response: Response
) -> dict[str, object]:
    """Change, open or close a centre of the caller's hub, from the version that was read."""
    await service.edit(session, caller, centre_id, seen, body)
    centre = await queries.find_centre(session, centre_id)
    _tagged(response, centre["version"])
    return centre


@router.post(
    "/centres/{centre_id}/spaces",
    status_code=201,
    response_model=SpaceOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CentreNotFound, CentreNameTaken),
)
async def add_space(session: Session, caller: Keeper, centre_id: UUID, body: SpaceIn) -> CentreSpace:
    """Keep a space of a centre."""
    return await service.add_space(session, caller, centre_id, body)


@router.patch(
    "/centre-spaces/{space_id}",
    response_model=SpaceOut,
    responses=errors(SpaceNotFound, CentreNameTaken, IfMatchMissing, StaleVersion),
)
async def edit_space(
    session: Session, caller: Keeper, space_id: UUID, seen: IfMatch, body: SpaceEdit, response: Response
) -> CentreSpace:
    """Change a space, from the version that was read. Bookings that stand are kept."""
    space = await service.edit_space(session, caller, space_id, seen, body)
    _tagged(response, space.version)
    return space


@router.get("/centre-spaces/{space_id}", response_model=SpaceOut, responses=errors(SpaceNotFound))
async def get_space(reader: Reader, caller: Anybody, space_id: UUID, response: Response) -> AnyRow:
    """One space. Its ETag is what an edit needs."""
    space = await queries.find_space(reader, space_id)
    _tagged(response, space.version)
    return space


@router.get("/centre-spaces/{space_id}/times", response_model=TimesOut, responses=errors(SpaceNotFound))
async def get_times(
    reader: Reader, caller: Anybody, space_id: UUID, wanted: Annotated[TimesFilter, Query()]
) -> dict[str, object]:
    """When a space is open, and when it is taken."""
    return await queries.times_of(reader, space_id, wanted)


@router.post(
    "/centre-bookings",
    status_code=201,
    response_model=SpaceBookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(
        SpaceNotFound, NotOfTheHub, SpaceNotBookable, BookingTimeWrong, CentreShut, SpaceTooSmall, SpaceTaken
    ),
)
async def book_space(session: Session, caller: Booker, body: SpaceBookingIn) -> AnyRow:
    """Book a space for the caller's school, or for the hub when its staff calls."""
    return await queries.find_booking(session, caller, await bookings.book(session, caller, body))


@router.get("/centre-bookings", response_model=Page[SpaceBookingOut])
async def list_space_bookings(
    reader: Reader, caller: Booker, wanted: Annotated[SpaceBookingFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Bookings of the caller's school, and those at centres of the caller's hub."""
    return Page.of(await queries.list_bookings(reader, caller, wanted, page), page, key=lambda row: (str(row.id),))


@router.get(
    "/centre-bookings/{space_booking_id}", response_model=SpaceBookingOut, responses=errors(SpaceBookingNotFound)
)
async def get_space_booking(reader: Reader, caller: Booker, space_booking_id: UUID) -> AnyRow:
    """One booking."""
    return await queries.find_booking(reader, caller, space_booking_id)


@router.post(
    "/centre-bookings/{space_booking_id}/cancellation",
    response_model=SpaceBookingOut,
    dependencies=[IDEMPOTENT],
    responses=errors(SpaceBookingNotFound, SpaceBookingOver),
)
async def cancel_space_booking(session: Session, caller: Booker, space_booking_id: UUID) -> AnyRow:
    """Give the time back, before it begins."""
    await bookings.cancel(session, caller, space_booking_id)
    return await queries.find_booking(session, caller, space_booking_id)
