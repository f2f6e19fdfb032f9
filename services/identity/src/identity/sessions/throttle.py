"""Slowing down guessing without locking anybody out.

A try is counted as a failure before the password is looked at, so that a hundred tries at once are not all the first; a
success takes it back. After the free failures each try must wait for 1, 2, 4 … 60 seconds since the one before.
"""

import math
from datetime import timedelta

from sqlalchemy import Integer, case, cast, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from identity.sessions.errors import TooManyFailures
from identity.sessions.models import SignInAttempts
from identity.sessions.rules import FAILURES_PERIOD, LONGEST_DELAY_SECONDS, Allowance


async def count_try(session: AsyncSession, allowance: Allowance) -> None:
    """Count a try, or raise TooManyFailures when it comes too early. One statement, so that tries cannot race."""
    now = clock.now()
    table = SignInAttempts
    over = table.counted_since < now - FAILURES_PERIOD
    failures = case((over, 1), else_=table.failures + 1)
    exponent = func.least(failures - allowance.free_failures, 10)
    delay_seconds = case(
        (exponent < 0, 0), else_=func.least(cast(func.power(2, exponent), Integer), LONGEST_DELAY_SECONDS)
    )
    counting = (
        insert(table)
        .values(subject=allowance.subject, failures=1, counted_since=now, retry_at=now)
        .on_conflict_do_update(
            index_elements=["subject"],
            set_={
                "failures": failures,
                "counted_since": case((over, now), else_=table.counted_since),
                "retry_at": literal(now) + delay_seconds * literal(timedelta(seconds=1)),
            },
            # Free tries never wait: of two at the same moment, one may read its clock before the other is counted.
            where=(table.retry_at <= now) | over | (table.failures < allowance.free_failures),
        )
        .returning(table.failures)
    )
    if (await session.execute(counting)).scalar_one_or_none() is None:
        retry_at = (
            await session.execute(select(table.retry_at).where(table.subject == allowance.subject))
        ).scalar_one()
        raise TooManyFailures(max(1, math.ceil((retry_at - now).total_seconds())))


async def forget_failures(session: AsyncSession, allowance: Allowance) -> None:
    """The right password was given: the account's slate is clean."""
    await session.execute(delete(SignInAttempts).where(SignInAttempts.subject == allowance.subject))


async def take_back(session: AsyncSession, allowance: Allowance) -> None:
    """This try was none of the failures. Others from the same network address stay counted."""
    table = SignInAttempts
    fewer = func.greatest(table.failures - 1, 0)
    await session.execute(
        update(table).where(table.subject == allowance.subject).values(failures=fewer, retry_at=clock.now())
    )
