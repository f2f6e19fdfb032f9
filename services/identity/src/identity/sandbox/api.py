"""The sandbox for partners' programs. On a live platform these routes refuse everybody."""

from typing import Annotated

from chassis.access import allow, scope
from chassis.db import Session
from chassis.errors import SandboxOnly, errors
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from identity.sandbox import service
from identity.sandbox.errors import ClockGoesForward
from identity.sandbox.schemas import ClockMovement, ClockOut, SandboxReset
from identity.settings import IdentitySettings

router = ServiceRouter(prefix="/v1/sandbox", tags=["sandbox"])

Manager = Annotated[Principal, allow(scope("sandbox:manage"))]


@router.get("/clock", responses=errors(SandboxOnly))
async def show_sandbox_clock(settings: IdentitySettings, _caller: Manager) -> ClockOut:
    """What time it is in the sandbox."""
    service.require_sandbox(settings)
    return service.clock_now()


@router.post("/clock", dependencies=[IDEMPOTENT], responses=errors(SandboxOnly, ClockGoesForward))
async def move_sandbox_clock(
    body: ClockMovement, settings: IdentitySettings, session: Session, caller: Manager
) -> ClockOut:
    """Let time pass, for everybody in the sandbox: what is due by then happens, and what ends by then is over."""
    service.require_sandbox(settings)
    return await service.move_clock(session, caller, body)


@router.post("/reset", status_code=202, responses=errors(SandboxOnly))
async def reset_sandbox(settings: IdentitySettings, session: Session, caller: Manager) -> SandboxReset:
    """Begin again: what your organisation tried out goes, others' stays, and the scenarios are laid out anew."""
    service.require_sandbox(settings)
    return await service.reset_of(session, caller)
