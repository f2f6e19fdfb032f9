"""`/v1/completion-thresholds`: from which percentage on an activity counts as completed."""

from typing import Annotated

from fastapi import Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.completion_thresholds import queries, service
from hubs.completion_thresholds.errors import ActivityUnknown, ThresholdNotAhead
from hubs.completion_thresholds.models import CompletionThreshold
from hubs.completion_thresholds.schemas import ThresholdFilter, ThresholdIn, ThresholdOut

router = ServiceRouter(prefix="/v1/completion-thresholds", tags=["completions"])


@router.get("", response_model=Page[ThresholdOut])
async def list_completion_thresholds(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[ThresholdFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """All versions by activity; on a day the highest counts that began by then."""
    rows = await queries.list_thresholds(reader, wanted, page)
    return Page.of(rows, page, key=lambda row: (row.activity_code or "", str(row.version)))


@router.post(
    "",
    status_code=201,
    response_model=ThresholdOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ActivityUnknown, ThresholdNotAhead),
)
async def record_completion_threshold(
    session: Session, caller: Annotated[Principal, allow(role("administrator"))], body: ThresholdIn
) -> CompletionThreshold:
    """Record the next version. It counts for what is completed from its first day on."""
    return await service.record_threshold(session, caller, body)
