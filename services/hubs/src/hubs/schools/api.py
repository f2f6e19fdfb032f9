"""`/v1/schools`: the register."""

from typing import Annotated

from fastapi import Path, Query

from chassis import clock
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.school_history import queries as history
from hubs.school_history.errors import SchoolNotKnownThen
from hubs.school_history.schemas import SchoolVersionOut, ThenFilter
from hubs.schools import queries
from hubs.schools.errors import SchoolNotFound
from hubs.schools.schemas import SchoolDetail, SchoolFilter, SchoolOut

router = ServiceRouter(prefix="/v1/schools", tags=["schools"])
Urn = Annotated[str, Path(pattern=r"^[0-9]{6}$")]


@router.get("", response_model=Page[SchoolOut], dependencies=[PUBLIC_FOR_MINUTES])
async def list_schools(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[SchoolFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Schools by URN."""
    return Page.of(await queries.list_schools(reader, wanted, page), page, key=lambda school: (school.urn,))


@router.get(
    "/{urn}",
    response_model=SchoolDetail,
    responses=errors(SchoolNotFound, SchoolNotKnownThen),
    dependencies=[PUBLIC_FOR_MINUTES],
)
async def get_school(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], urn: Urn, then: Annotated[ThenFilter, Query()]
) -> object:
    """One school, with its trusts and the establishments before and after it: now, or as it stood on a day."""
    if then.on is None and then.known_on is None:
        return await queries.describe_school(reader, urn)
    return await history.school_on(reader, urn, then.on or clock.today(), then.known_on)


@router.get("/{urn}/history", response_model=Page[SchoolVersionOut], responses=errors(SchoolNotFound))
async def list_school_versions(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], urn: Urn, page: PageRequest
) -> dict[str, object]:
    """What the register said of a school from which day on, and since when we knew, the newest first."""
    found = await history.versions_of(reader, urn, page)
    return Page.of(found, page, key=lambda one: (one["as_of_on"].isoformat(), str(one["id"])))
