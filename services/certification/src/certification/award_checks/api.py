"""Routes of checks of earned certificates."""

from typing import Annotated
from uuid import UUID

from certification.award_checks import queries, service
from certification.award_checks.errors import (
    AwardCheckClosed,
    AwardCheckNotFound,
    AwardCheckNotRecommended,
    AwardCheckRecommended,
    NoLongerEarned,
    OwnAwardCheck,
)
from certification.award_checks.models import AwardCheck
from certification.award_checks.schemas import AwardCheckInFull, AwardCheckOut, AwardDecision, AwardRecommendation
from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter

router = ServiceRouter(prefix="/v1/award-checks", tags=["certificates"])

Administrator = Annotated[Principal, allow(role("administrator"))]


@router.get("", response_model=Page[AwardCheckOut])
async def list_award_checks(
    reader: Reader, page: PageRequest, caller: Administrator, is_open: bool | None = None
) -> dict[str, object]:
    """Earned certificates that were drawn for a check, oldest first. None is awarded until two people agree."""
    rows = await queries.listed(reader, page, is_open)
    return Page.of(rows, page, key=lambda row: (str(row["id"]),))


@router.get("/{check_id}", response_model=AwardCheckInFull, responses=errors(AwardCheckNotFound))
async def get_award_check(check_id: UUID, reader: Reader, caller: Administrator) -> dict[str, object]:
    """One check, with everything in the ledger that the certificate rests on."""
    return await queries.in_full(reader, caller, check_id)


@router.post(
    "/{check_id}/recommendation",
    response_model=AwardCheckOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AwardCheckNotFound, OwnAwardCheck, AwardCheckClosed, AwardCheckRecommended),
)
async def recommend_on_award(
    check_id: UUID, body: AwardRecommendation, session: Session, caller: Administrator
) -> AwardCheck:
    """Recommend to award or to withhold. Another administrator decides."""
    return await service.recommend(session, caller, check_id, body.outcome, body.reason)


@router.post(
    "/{check_id}/decision",
    response_model=AwardCheckOut,
    dependencies=[IDEMPOTENT],
    responses=errors(AwardCheckNotFound, OwnAwardCheck, AwardCheckClosed, AwardCheckNotRecommended, NoLongerEarned),
)
async def decide_on_award(check_id: UUID, body: AwardDecision, session: Session, caller: Administrator) -> AwardCheck:
    """Approve or decline what somebody else recommended. An approved award is made at once."""
    return await service.decide(session, caller, check_id, body.outcome)
