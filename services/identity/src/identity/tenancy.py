"""The second wall between partners: in a transaction that serves one, PostgreSQL shows no other's rows.

Every query limits itself to what its caller may see. Should one forget to, row security of the tables that partners
own shows no more than the organisations that the transaction was limited to. What the platform does in its own name is
not limited.
"""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Session
from chassis.principal import Principal

NOBODY = UUID(int=0)

_LIMIT = text("SELECT set_config('ncce.organisations', :organisations, true)")


def organisations_of(caller: Principal) -> frozenset[UUID] | None:
    """The organisations whose rows a caller may meet at all; None for no limit."""
    if caller.has_role("administrator") or caller.kind == "service":
        return None
    if caller.kind == "partner":
        return frozenset({caller.organisation_id} if caller.organisation_id else ())
    return caller.organisations("partner_admin")


async def limit_to(session: AsyncSession, organisations: Collection[UUID] | None) -> None:
    """From here to the end of the transaction, show nothing that belongs to other organisations."""
    if organisations is not None:
        names = ",".join(str(one) for one in organisations or [NOBODY])
        await session.execute(_LIMIT, {"organisations": names})


async def _limited(request: Request, session: Session) -> AsyncSession:
    await limit_to(session, organisations_of(request.state.caller))
    return session


TenantSession = Annotated[AsyncSession, Depends(_limited, scope="function")]
"""The transaction of this request, with the wall up."""
