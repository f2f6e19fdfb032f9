"""The audit trail: who did what to what, in the transaction that did it. Rows are never changed or removed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal
from chassis.tables import audit_entry
from chassis.telemetry import current_request_id

JSON = str | int | bool | None | list[str]

VIEWED = "record.viewed"
"""The action of having looked at what is held about somebody else."""


async def record_views(session: AsyncSession, caller: Principal, what: str, subjects: Sequence[str]) -> None:
    """Write that the caller looked at records of people, such as `person:0190…`; one's own need no witness."""
    others = [subject for subject in subjects if not subject.endswith(f":{caller.id}")]
    await record_all(session, caller, VIEWED, [(subject, {"what": what}) for subject in others])


async def record(
    session: AsyncSession, caller: Principal | None, action: str, subject: str, details: dict[str, JSON] | None = None
) -> None:
    """Write one audit row. `caller` is None when the platform itself acted; details hold no personal data."""
    await record_all(session, caller, action, [(subject, details or {})])


async def record_all(
    session: AsyncSession, caller: Principal | None, action: str, acts: Sequence[tuple[str, Mapping[str, JSON]]]
) -> None:
    """Write a row for each subject, with its details, of something that was done to many at once."""
    by = {
        "caller_kind": caller.kind if caller else "platform",
        "caller_id": caller.id if caller else None,
        "organisation_id": caller.organisation_id if caller else None,
        "action": action,
        "request_id": current_request_id(),
    }
    rows = [{**by, "subject": subject, "details": details} for subject, details in acts]
    if rows:
        await session.execute(insert(audit_entry), rows)
