"""Routes of the catalogue."""

from typing import Annotated, Any

from fastapi import Query

from certification.activities import queries
from certification.activities.schemas import ActivityOut, Category
from chassis.access import PUBLIC, allow
from chassis.db import Reader
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
    q: Annotated[str | None, Query(min_length=2, max_length=100, description="Part of the code or title")] = None,
) -> dict[str, Any]:
    """Courses and community activities that can earn credits."""
    rows = await queries.search(reader, page, category, q)
    return Page.of(rows, page, key=lambda row: (row["code"],))
