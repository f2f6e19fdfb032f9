"""Removing ways of signing in that somebody else may have added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.principal import Principal
from identity.federation.models import FederatedIdentity
from identity.second_factors.models import Passkey, RecoveryCode, TotpFactor

ADDED = (
    (TotpFactor, "created_at"),
    (Passkey, "created_at"),
    (RecoveryCode, "created_at"),
    (FederatedIdentity, "linked_at"),
)


async def remove_added_since(session: AsyncSession, caller: Principal, person_id: UUID, since: datetime) -> None:
    """Remove second factors and linked accounts that were added since a moment; how many is on record."""
    removed: dict[str, audit.JSON] = {}
    for model, at in ADDED:
        table = model.__table__
        gone = delete(model).where(table.c.person_id == person_id, table.c[at] >= since)
        found = await session.execute(gone.returning(table.c.person_id))
        removed[model.__tablename__] = len(found.all())
    if any(removed.values()):
        await audit.record(session, caller, "second_factor.removed_with_address", f"person:{person_id}", removed)
