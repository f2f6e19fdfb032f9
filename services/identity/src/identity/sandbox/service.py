"""Moving the sandbox's clock, and letting an organisation begin again."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.errors import Forbidden, SandboxOnly
from chassis.idempotency import forget
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.identity import SandboxResetRequested
from identity.sandbox.errors import ClockGoesForward
from identity.sandbox.schemas import ClockMovement, ClockOut, SandboxReset
from identity.settings import Settings
from identity.webhooks.models import Webhook, WebhookDelivery, WebhookState


def require_sandbox(settings: Settings) -> None:
    """SandboxOnly on a live platform: its time is the real one, and its records are there to stay."""
    if not settings.sandbox:
        raise SandboxOnly("This is the live platform. Send a test key, and the sandbox answers.")


def clock_now() -> ClockOut:
    """The platform's time."""
    return ClockOut(now_at=clock.now(), ahead_seconds=int(clock.ahead().total_seconds()))


async def move_clock(session: AsyncSession, caller: Principal, body: ClockMovement) -> ClockOut:
    """Set the clock of all processes forward."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("the sandbox's clock", 0))))
    before = clock.ahead()
    by = timedelta(seconds=body.advance_seconds or 0) if body.set_to is None else body.set_to - clock.now()
    if by <= timedelta(0):
        raise ClockGoesForward("The sandbox's time is later than that already; begin with a new sandbox to go back.")
    try:
        clock.move(before + by)
    except (ValueError, clock.ClockNotMovable):
        most = f"at most {clock.LONGEST_AHEAD.days} days ahead of the real time"
        raise ClockGoesForward(f"The sandbox's clock can be {most}, if it can be moved at all.") from None
    told = clock_now()
    await audit.record(session, caller, "sandbox.clock_moved", "sandbox", {"ahead_seconds": told.ahead_seconds})
    return told


async def reset_of(session: AsyncSession, caller: Principal) -> SandboxReset:
    """Reset the organisation of the caller."""
    if caller.organisation_id is None:
        raise Forbidden("This key belongs to no organisation.")
    return await reset(session, caller.organisation_id, caller)


async def reset(session: AsyncSession, organisation_id: UUID, caller: Principal | None) -> SandboxReset:
    """Take what identity holds of what the organisation tried out, and tell the others to do the same."""
    webhooks = (Webhook.organisation_id == organisation_id, Webhook.status != WebhookState.DELETED)
    values = {"status": WebhookState.DELETED.value, "disabled_because": None, "version": Webhook.version + 1}
    await session.execute(update(Webhook).where(*webhooks).values(values))
    await session.execute(delete(WebhookDelivery).where(WebhookDelivery.organisation_id == organisation_id))
    key_id = caller.id if caller is not None else None
    await forget(session, key_id)
    told = SandboxReset(organisation_id=organisation_id, requested_at=clock.now())
    await publish(session, SandboxResetRequested(key_id=key_id, **told.model_dump()))
    await audit.record(session, caller, "sandbox.reset", f"organisation:{organisation_id}")
    return told
