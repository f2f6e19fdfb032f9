"""The audit trail: who did what to what, in the transaction that did it. Rows are never changed or removed."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal
from chassis.tables import audit_entry
from chassis.telemetry import current_request_id

JSON = str | int | bool | None | list[str]


async def record(
    session: AsyncSession, caller: Principal | None, action: str, subject: str, details: dict[str, JSON] | None = None
) -> None:
    """Write one audit row. `caller` is None when the platform itself acted; details hold no personal data."""
    await session.execute(
        insert(audit_entry).values(
            caller_kind=caller.kind if caller else "platform",
            caller_id=caller.id if caller else None,
            organisation_id=caller.organisation_id if caller else None,
            action=action,
            subject=subject,
            details=details or {},
            request_id=current_request_id(),
        )
    )
