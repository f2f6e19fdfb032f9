"""What must be true of funding's records, money first, and the facts that others owe it."""

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.invariants import Broken, Invariants, Rule
from funding.verification.service import verify


async def books(session: AsyncSession) -> AsyncIterator[Broken]:
    """Everything that `funding verify` holds against everything."""
    async for found in verify(await session.connection()):
        yield Broken(found.check, found.subject, found.detail)


RULES = (
    Rule(
        "payments-are-made-once",
        "SELECT claim_id::text AS subject, count(*) || ' payments stand for one claim.' AS detail FROM payment"
        " WHERE status = 'sent' AND claim_id IS NOT NULL GROUP BY claim_id HAVING count(*) > 1",
    ),
)

INVARIANTS = Invariants(
    rules=RULES,
    checks=(books,),
    holds={
        "school": "SELECT urn AS id FROM school",
        "booking": "SELECT booking_id::text AS id FROM booking",
        "cancelled booking": "SELECT booking_id::text AS id FROM booking WHERE cancelled_at IS NOT NULL",
        "attendance": "SELECT booking_id::text AS id FROM completion",
        "certificate": "SELECT teacher_id || ' ' || scheme AS id FROM held_certificate",
    },
)
