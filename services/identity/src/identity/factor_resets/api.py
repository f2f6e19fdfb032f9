"""Removing lost second factors, by two administrators."""

from typing import Annotated
from uuid import UUID

from chassis.access import allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from identity.factor_resets import service
from identity.factor_resets.errors import ResetNotFound, ResetOpenAlready, ResetTakesTwo
from identity.factor_resets.models import FactorReset
from identity.factor_resets.schemas import NewReset, ResetDecision, ResetOut
from identity.people.errors import PersonNotFound
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/factor-resets", tags=["second factors"])
Administrator = Annotated[Principal, allow(role("administrator"))]


@router.get("", response_model=Page[ResetOut])
async def list_factor_resets(reader: Reader, page: PageRequest, _caller: Administrator) -> dict[str, object]:
    """What was asked for and decided, the latest first."""
    rows = await service.list_resets(reader, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.post(
    "",
    status_code=201,
    response_model=ResetOut,
    dependencies=[IDEMPOTENT],
    responses=errors(PersonNotFound, ResetOpenAlready, ResetTakesTwo),
)
async def ask_for_factor_reset(
    body: NewReset, session: Session, settings: IdentitySettings, caller: Administrator
) -> FactorReset:
    """Ask to remove all second factors of somebody who has lost them."""
    return await service.ask(session, settings, caller, body)


@router.post(
    "/{reset_id}/decision",
    response_model=ResetOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ResetNotFound, ResetTakesTwo),
)
async def decide_factor_reset(
    reset_id: UUID, body: ResetDecision, session: Session, settings: IdentitySettings, caller: Administrator
) -> FactorReset:
    """Decide on what another administrator asked for. Approved, everything goes and every device is signed out."""
    return await service.decide(session, settings, caller, reset_id, body)
