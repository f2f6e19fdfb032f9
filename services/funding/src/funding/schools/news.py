"""What is done when hubs tells of schools: a whole register may come at once, and most schools have nothing waiting."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery
from contracts.hubs import SchoolChanged
from funding.bursaries import again
from funding.fees import service as fees
from funding.reviews import service as reviews
from funding.schools import service as schools

News = tuple[SchoolChanged, Delivery]

_WAITED_FOR = text(
    "SELECT urn FROM unnest(CAST(:urns AS text[])) AS told (urn) "
    "WHERE EXISTS (SELECT FROM bursary WHERE school_urn = urn AND status = 'needs_review') "
    "OR EXISTS (SELECT FROM fee WHERE school_urn = urn AND status = 'in_review') "
    "OR EXISTS (SELECT FROM review_task WHERE school_urn = urn AND status = 'open') ORDER BY urn"
)


async def hear_of_schools(session: AsyncSession, told: Sequence[News]) -> None:
    """Keep the newest facts of each school, and decide again what waited for them."""
    await schools.lock_schools(session, {event.urn for event, _ in told})
    for news in _in_rounds(told):
        sequences = {event.urn: delivery.sequence for event, delivery in news}
        for urn in await _waited_for(session, await schools.record_facts(session, news)):
            await again.decide_school_again(session, urn, f"school:{urn}/{sequences[urn]}")
            await fees.decide_again(session, urn)
            await reviews.forget_quotes(session, urn)


def _in_rounds(told: Sequence[News]) -> list[list[News]]:
    """The same in the same order, parted so that each school comes once in each part: every news decides by itself."""
    rounds: dict[int, list[News]] = defaultdict(list)
    before: Counter[str] = Counter()
    for one in told:
        rounds[before[one[0].urn]].append(one)
        before[one[0].urn] += 1
    return [rounds[number] for number in sorted(rounds)]


async def _waited_for(session: AsyncSession, urns: Collection[str]) -> list[str]:
    return list(await session.scalars(_WAITED_FOR, {"urns": sorted(urns)}))
