"""Reading the queue. What is outside a moderator's scope is not counted either."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.log_entries.models import LogEntry
from certification.log_entries.queries import JSON, entry_columns, shown_status, with_hints
from certification.moderation.policies import policy_in_force
from certification.moderation.scope import Scope, scope_of
from chassis import clock
from chassis.paging import PageOf
from chassis.principal import Principal

AWAITED = LogEntry.due_at
"""Always there for what was put in: the database dates what an earlier release writes."""
LOOKED_BACK = timedelta(days=30)
NOBODY = UUID(int=0)


def _unclaimed_or_mine(caller: Principal) -> ColumnElement[bool]:
    lapsed = or_(LogEntry.claimed_until.is_(None), LogEntry.claimed_until <= clock.now())
    return or_(lapsed, LogEntry.claimed_by == caller.id)


def _section(caller: Principal, section: str) -> ColumnElement[bool]:
    if section == "mine":
        return and_(LogEntry.claimed_by == caller.id, LogEntry.claimed_until > clock.now())
    if section == "audits":
        others = LogEntry.decided_by.is_distinct_from(caller.id)
        return and_(LogEntry.audit_status == "waiting", others, _unclaimed_or_mine(caller))
    return and_(LogEntry.status == "submitted", _unclaimed_or_mine(caller))


async def queue(connection: AsyncConnection, caller: Principal, section: str, page: PageOf) -> list[JSON]:
    """What waits for a moderator, the one due first at the top."""
    scope = await scope_of(connection, caller)
    assert scope is not None
    due_at = AWAITED.label("awaited_at")
    query = select(*entry_columns(), due_at).where(scope.condition(), _section(caller, section))
    if after := page.after_as(datetime.fromisoformat, UUID):
        query = query.where(or_(after[0] < AWAITED, and_(after[0] == AWAITED, LogEntry.id > after[1])))
    rows = (await connection.execute(query.order_by(AWAITED, LogEntry.id).limit(page.limit + 1))).mappings().all()
    told = await with_hints(connection, rows, caller)
    return [{**one, **_waiting(one, caller)} for one in told]


def _waiting(entry: JSON, caller: Principal) -> JSON:
    now, until, due_at = clock.now(), entry["claimed_until"], entry["due_at"]
    is_claimed = isinstance(until, datetime) and until > now
    return {
        "is_overdue": isinstance(due_at, datetime) and due_at < now,
        "is_mine": is_claimed and entry["claimed_by"] == caller.id,
        "claimed_until": until if is_claimed else None,
    }


async def summary(connection: AsyncConnection, caller: Principal) -> JSON:
    """The queue in numbers, within the caller's scope; to those who watch over it, all of it."""
    scope = await scope_of(connection, caller)
    mine = scope.condition() if scope else _everything()
    status = shown_status()
    counted = select(status, func.count().label("entries")).where(mine).group_by(status)
    counts = {row.shown_status: row.entries for row in await connection.execute(counted)}
    waits = and_(mine, LogEntry.status == "submitted")
    late = func.count().filter(clock.now() > AWAITED).label("overdue")
    waiting = (await connection.execute(select(late, func.min(AWAITED).label("oldest")).where(waits))).one()
    audits = select(func.count()).where(mine, LogEntry.audit_status == "waiting")
    policy = await policy_in_force(connection)
    return {
        "counts": counts,
        "overdue": waiting.overdue,
        "oldest_due_at": waiting.oldest,
        "audits_waiting": (await connection.execute(audits)).scalar_one(),
        "service_level_working_days": policy.rules.service_level_working_days,
        **await _kept_in_time(connection, mine),
    }


def _everything() -> ColumnElement[bool]:
    return Scope(NOBODY, None, None).condition() & true()


async def _kept_in_time(connection: AsyncConnection, mine: ColumnElement[bool]) -> JSON:
    since = clock.now() - LOOKED_BACK
    by_somebody = and_(mine, LogEntry.decided_by.is_not(None), LogEntry.decided_at >= since)
    in_time = func.count().filter(LogEntry.decided_at <= AWAITED).label("in_time")
    row = (await connection.execute(select(func.count().label("decided"), in_time).where(by_somebody))).one()
    percent = (Decimal(100) * row.in_time / row.decided).quantize(Decimal("0.1")) if row.decided else None
    return {"decided_30_days": row.decided, "decided_in_time_percent": percent}
