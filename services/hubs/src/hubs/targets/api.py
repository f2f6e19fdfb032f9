"""`/v1/hubs/…/targets` and `/v1/hubs/…/delivery`: what hubs are to reach in an academic year, and what they did."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response

from chassis import clock
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.etags import IfMatch, IfMatchMissing, StaleVersion, etag
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.academic_years import PATTERN, academic_year_of
from hubs.directory.errors import HubNotFound
from hubs.directory.life_cycle import ADMINISTRATORS
from hubs.directory.queries import find_kept_hub
from hubs.registers.access import HUB_STAFF
from hubs.targets import service
from hubs.targets.delivery import Year
from hubs.targets.errors import AcademicYearWrong
from hubs.targets.models import HubTarget
from hubs.targets.schemas import DeliveryOut, NetworkDeliveryOut, TargetsIn, TargetsOut, YearFilter

router = ServiceRouter(prefix="/v1/hubs", tags=["hubs"])
Administrator = Annotated[Principal, allow(role(*ADMINISTRATORS))]
NetworkReader = Annotated[Principal, allow(role(*ADMINISTRATORS, "auditor"))]
Keeper = Annotated[Principal, allow(role(*ADMINISTRATORS, *HUB_STAFF))]
AcademicYear = Annotated[str, Path(pattern=PATTERN, examples=["2026-27"])]


def _year(wanted: YearFilter) -> Year:
    return Year.of(wanted.year or academic_year_of(clock.today()))


@router.get("/delivery", response_model=NetworkDeliveryOut, responses=errors(AcademicYearWrong))
async def get_network_delivery(
    reader: Reader, caller: NetworkReader, wanted: Annotated[YearFilter, Query()]
) -> NetworkDeliveryOut:
    """Every hub's year against its targets, with totals and the figures that sources name for the network."""
    return await service.network_delivery(reader, _year(wanted))


@router.get(
    "/delivery.csv",
    response_class=Response,
    responses=errors(AcademicYearWrong) | {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_network_delivery_csv(
    reader: Reader, caller: NetworkReader, wanted: Annotated[YearFilter, Query()]
) -> Response:
    """The same as CSV, a line per hub."""
    year = _year(wanted)
    headers = {"Content-Disposition": f'attachment; filename="hub-delivery-{year.name}.csv"'}
    return Response(await service.network_csv(reader, year), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/{hub_id}/delivery", response_model=DeliveryOut, responses=errors(HubNotFound, AcademicYearWrong))
async def get_delivery(
    reader: Reader, caller: Keeper, hub_id: UUID, wanted: Annotated[YearFilter, Query()]
) -> DeliveryOut:
    """A hub's year against its targets, counted now."""
    await find_kept_hub(reader, caller, hub_id)
    return await service.delivery_of(reader, hub_id, _year(wanted))


@router.get(
    "/{hub_id}/targets/{academic_year}", response_model=TargetsOut, responses=errors(HubNotFound, AcademicYearWrong)
)
async def get_targets(
    reader: Reader, caller: Keeper, hub_id: UUID, academic_year: AcademicYear, response: Response
) -> object:
    """A hub's targets of a year, and the ETag that setting them needs (`"0"` when there are none)."""
    await find_kept_hub(reader, caller, hub_id)
    found = await service.targets_of(reader, hub_id, Year.of(academic_year))
    response.headers["ETag"] = etag(found.version if found else 0)
    return found or {"hub_id": hub_id, "academic_year": academic_year, "set_at": None}


@router.put(
    "/{hub_id}/targets/{academic_year}",
    response_model=TargetsOut,
    responses=errors(HubNotFound, AcademicYearWrong, IfMatchMissing, StaleVersion),
)
async def set_targets(
    session: Session,
    caller: Administrator,
    hub_id: UUID,
    academic_year: AcademicYear,
    seen: IfMatch,
    body: TargetsIn,
    response: Response,
) -> HubTarget:
    """Set a hub's targets of a year: the whole set, from the version that was read."""
    target = await service.set_targets(session, caller, hub_id, Year.of(academic_year), seen, body)
    response.headers["ETag"] = etag(target.version)
    return target
