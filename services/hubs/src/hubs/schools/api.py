"""`/v1/schools`: the register."""

from typing import Annotated, Any

from fastapi import Path, Query

from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from hubs.caching import PUBLIC_FOR_MINUTES
from hubs.schools import queries
from hubs.schools.errors import SchoolNotFound
from hubs.schools.schemas import SchoolDetail, SchoolFilter, SchoolOut

router = ServiceRouter(prefix="/v1/schools", tags=["schools"])


@router.get("", response_model=Page[SchoolOut], dependencies=[PUBLIC_FOR_MINUTES])
async def list_schools(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[SchoolFilter, Query()],
    page: PageRequest,
) -> dict[str, Any]:
    """Schools by URN."""
    return Page.of(await queries.list_schools(reader, wanted, page), page, key=lambda school: (school.urn,))


@router.get("/{urn}", response_model=SchoolDetail, responses=errors(SchoolNotFound), dependencies=[PUBLIC_FOR_MINUTES])
async def get_school(
    reader: Reader, caller: Annotated[Principal, allow(PUBLIC)], urn: Annotated[str, Path(pattern=r"^[0-9]{6}$")]
) -> queries.SchoolRow:
    """One school, with its trusts and the establishments before and after it."""
    return await queries.describe_school(reader, urn)
