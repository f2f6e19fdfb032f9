"""Reading the catalogue."""

from collections.abc import Collection

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.models import Activity
from certification.activities.schemas import Category
from certification.schemes.requirements import Facts
from chassis.paging import PageOf


async def search(
    connection: AsyncConnection, page: PageOf, category: Category | None, q: str | None
) -> list[RowMapping]:
    """Activities by code, one more than the page holds. `q` is looked for in code and title."""
    query = select(Activity.__table__).order_by(Activity.code).limit(page.limit + 1)
    if category:
        query = query.where(Activity.category == category)
    if q:
        query = query.where(Activity.title.icontains(q, autoescape=True) | Activity.code.icontains(q, autoescape=True))
    after = page.after_as(str)
    if after:
        query = query.where(Activity.code > after[0])
    return list((await connection.execute(query)).mappings())


async def find_activities(session: AsyncSession, codes: Collection[str]) -> dict[str, Activity]:
    """Those of the codes that the catalogue knows."""
    found = await session.scalars(select(Activity).where(Activity.code.in_(set(codes))))
    return {activity.code: activity for activity in found}


async def counting_as(session: AsyncSession, codes: Collection[str]) -> dict[str, str]:
    """The real-world activity behind each reported code: itself where the catalogue does not know it."""
    query = select(Activity.code, Activity.counts_as).where(Activity.code.in_(set(codes)))
    known = {row.code: row.counts_as for row in await session.execute(query)}
    return {code: known.get(code, code) for code in codes}


async def facts_by_code(runner: AsyncSession | AsyncConnection) -> dict[str, Facts]:
    """What rules look at of every activity in the catalogue, which is small enough to be read whole."""
    columns = (
        Activity.code,
        Activity.counts_as,
        Activity.mode,
        Activity.provider,
        Activity.programmes,
        Activity.published_credits,
    )
    rows = await runner.execute(select(*columns))
    return {
        row.code: Facts(
            row.code, row.counts_as, row.mode, row.provider, frozenset(row.programmes), row.published_credits
        )
        for row in rows
    }
