"""Whose rows a caller may meet at all: the wall of `chassis.tenancy` around keys, programs, webhooks and changes."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Session
from chassis.principal import Principal
from chassis.tenancy import limit_to


def organisations_of(caller: Principal) -> frozenset[UUID] | None:
    """The organisations whose rows a caller may meet at all; None for no limit."""
    if caller.has_role("administrator") or caller.kind == "service":
        return None
    if caller.kind == "partner":
        return frozenset({caller.organisation_id} if caller.organisation_id else ())
    return caller.organisations("partner_admin")


async def _limited(request: Request, session: Session) -> AsyncSession:
    await limit_to(session, organisations_of(request.state.caller))
    return session


TenantSession = Annotated[AsyncSession, Depends(_limited, scope="function")]
"""The transaction of this request, with the wall up."""
