"""Reading sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal
from identity.sessions.ends import sign_in_of
from identity.sessions.models import SignIn

SignInRow = Row[UUID, datetime, datetime | None, datetime, bool]


async def list_own(reader: AsyncConnection, caller: Principal, page: PageOf) -> Sequence[SignInRow]:
    """The caller's open sign-ins, the latest first, with one row more when there are more."""
    is_current = (SignIn.id == sign_in_of(caller)).label("is_current")
    query = select(SignIn.id, SignIn.started_at, SignIn.last_used_at, SignIn.expires_at, is_current).where(
        SignIn.person_id == caller.id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now()
    )
    if (after := page.after_as(datetime.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(SignIn.started_at, SignIn.id) < tuple_(*after))
    return (
        await reader.execute(query.order_by(SignIn.started_at.desc(), SignIn.id.desc()).limit(page.limit + 1))
    ).all()
