"""Whose rows a partner may meet at all: the wall of `chassis.tenancy` around what partners report and offer.

Behind it are their learners, reports and completions, what was decided about their learners, offers and resources that
nobody else has been shown yet, and which schools are interested. The versions of a resource are not: the words in them
are searched by an index that row security would put out of use.
"""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.db import Session, database_of
from chassis.principal import Principal
from chassis.tenancy import limit_to
from hubs.parties import PARTNER_ADMIN, organisations_of

FOR_ALL_PARTNERS = ("moderator", "administrator")


def met_by(caller: Principal) -> frozenset[UUID] | None:
    """The organisations whose rows a caller may meet; None for no limit, which is for all who act for no partner."""
    if caller.has_role(*FOR_ALL_PARTNERS) or not (caller.kind == "partner" or caller.has_role(PARTNER_ADMIN)):
        return None
    return organisations_of(caller)


async def _limited(request: Request, session: Session) -> AsyncSession:
    await limit_to(session, met_by(request.state.caller))
    return session


async def _limited_reader(request: Request) -> AsyncIterator[AsyncConnection]:
    limit, database = met_by(request.state.caller), database_of(request)
    if limit is None:
        async with database.reads.connect() as reader:
            yield reader
    else:
        # A limit holds for a transaction, which a connection in autocommit has none of.
        async with database.engine.begin() as reader:
            await limit_to(reader, limit)
            yield reader


TenantSession = Annotated[AsyncSession, Depends(_limited, scope="function")]
"""The transaction of this request, with the wall up."""

TenantReader = Annotated[AsyncConnection, Depends(_limited_reader, scope="function")]
"""A connection for Core selects, with the wall up."""
