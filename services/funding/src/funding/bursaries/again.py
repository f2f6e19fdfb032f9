"""Deciding again what waits for facts, one school at a time."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from funding.bursaries.deciding import decide_bursary_again
from funding.bursaries.locks import lock_all
from funding.bursaries.models import Bursary, BursaryStatus


async def decide_again(session: AsyncSession, school_urn: str, cause: str) -> None:
    """Facts about a school have changed: decide again, by the same policy versions, what needed review.

    The caller holds the school's lock, so that no application of the school is decided on the older facts meanwhile.
    """
    waiting = (Bursary.school_urn == school_urn) & (Bursary.status == BursaryStatus.NEEDS_REVIEW)
    for bursary in await lock_all(session, waiting):
        await decide_bursary_again(session, bursary, cause)


async def schools_in_review(session: AsyncSession) -> list[str]:
    """Schools with an application that a person would have to look at, in the order in which to lock them."""
    waiting = select(Bursary.school_urn).where(Bursary.status == BursaryStatus.NEEDS_REVIEW)
    return list(await session.scalars(waiting.distinct().order_by(Bursary.school_urn)))
