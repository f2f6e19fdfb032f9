"""Drawing the sample: by chance at the moment of the award, so that nobody can foretell it."""

import secrets
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from certification.award_checks.models import AwardCheck
from certification.credits.accounts import Account
from chassis import clock
from chassis.ids import new_id

FINENESS = 1_000_000
"""Of how many equal chances a draw is one."""


async def undrawn(session: AsyncSession, accounts: Sequence[Account]) -> list[Account]:
    """Those of the accounts of which no check waits, and none has withheld the award."""
    keys = [(account.teacher_id, account.scheme) for account in accounts if account.rules.checked_percent]
    if not keys:
        return list(accounts)
    found = tuple_(AwardCheck.teacher_id, AwardCheck.scheme)
    drawn = {
        tuple(row)
        for row in await session.execute(select(AwardCheck.teacher_id, AwardCheck.scheme).where(found.in_(keys)))
    }
    return [account for account in accounts if (account.teacher_id, account.scheme) not in drawn]


async def not_to_check(session: AsyncSession, accounts: Sequence[Account]) -> list[Account]:
    """Draw as many of these as their rules say, open a check of each, and answer the rest."""
    left = await undrawn(session, accounts)
    drawn = [account for account in left if is_drawn(account.rules.checked_percent)]
    if drawn:
        at = clock.now()
        rows = [{"id": new_id(), "teacher_id": one.teacher_id, "scheme": one.scheme, "opened_at": at} for one in drawn]
        await session.execute(insert(AwardCheck), rows)
    return [account for account in left if account not in drawn]


def is_drawn(percent: Decimal) -> bool:
    """One draw, with so many chances in a hundred."""
    return secrets.randbelow(FINENESS) < percent / 100 * FINENESS
