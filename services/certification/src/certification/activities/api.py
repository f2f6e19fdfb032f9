"""Routes of the catalogue."""

from typing import Annotated

from fastapi import Path, Query

from certification.activities import queries, service
from certification.activities.errors import ActivityNotFound
from certification.activities.schemas import ActivityDetail, ActivityOut, Category, Status
from certification.schemes.requirements import Mode
from chassis.access import PUBLIC, allow
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter

router = ServiceRouter(prefix="/v1/activities", tags=["activities"])


@router.get("", response_model=Page[ActivityOut])
async def list_activities(
    reader: Reader,
    page: PageRequest,
    caller: Annotated[Principal, allow(PUBLIC)],
    category: Category | None = None,
    mode: Mode | None = None,
    provider: Annotated[str | None, Query(max_length=40, examples=["stem_learning"])] = None,
    programme: Annotated[str | None, Query(max_length=60, examples=["primary-certificate"])] = None,
    status: Status | None = None,
    q: Annotated[str | None, Query(min_length=2, max_length=100, description="Words of the code or title")] = None,
) -> dict[str, object]:
    """Courses and community activities that can earn credits."""
    wanted = queries.Wanted(category, mode, provider, programme, status, q)
    rows = await queries.search(reader, page, wanted)
    return Page.of(rows, page, key=lambda row: (row["code"],))


@router.get("/{activity}", responses=errors(ActivityNotFound))
async def get_activity(
    activity: Annotated[str, Path(max_length=120)], reader: Reader, caller: Annotated[Principal, allow(PUBLIC)]
) -> ActivityDetail:
    """One activity, and what it earns in every version of every scheme."""
    return await service.detail(reader, activity)
