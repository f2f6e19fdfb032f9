"""Reading the catalogue."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.errors import ActivityNotFound
from certification.activities.models import Activity
from certification.activities.schemas import Category, Status
from certification.schemes.requirements import Facts
from chassis.paging import PageOf


class Catalogued(Protocol):
    """As much of an activity as rules look at."""

    @property
    def code(self) -> str: ...
    @property
    def counts_as(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def programmes(self) -> Sequence[str]: ...
    @property
    def published_credits(self) -> Decimal: ...


@dataclass(frozen=True)
class Wanted:
    """What is looked for; None for anything."""

    category: Category | None = None
    mode: str | None = None
    provider: str | None = None
    programme: str | None = None
    status: Status | None = None
    q: str | None = None
    """Words, each of which has to be in the code or the title."""


async def search(connection: AsyncConnection, page: PageOf, wanted: Wanted) -> list[RowMapping]:
    """Activities by code, one more than the page holds."""
    query = select(Activity.__table__).order_by(Activity.code).limit(page.limit + 1)
    for column in ("category", "mode", "provider", "status"):
        value = getattr(wanted, column)
        if value is not None:
            query = query.where(getattr(Activity, column) == value)
    if wanted.programme is not None:
        query = query.where(Activity.programmes.contains([wanted.programme]))
    for word in (wanted.q or "").split():
        in_title = Activity.title.icontains(word, autoescape=True)
        query = query.where(in_title | Activity.code.icontains(word, autoescape=True))
    after = page.after_as(str)
    if after:
        query = query.where(Activity.code > after[0])
    return list((await connection.execute(query)).mappings())


async def one(connection: AsyncConnection, code: str) -> RowMapping:
    """An activity, or ActivityNotFound."""
    query = select(Activity.__table__).where(Activity.code == code)
    found = (await connection.execute(query)).mappings().one_or_none()
    if found is None:
        raise ActivityNotFound(code)
    return found


def facts_of(row: RowMapping) -> Facts:
    """What rules look at, of one activity read by name."""
    names = ("code", "counts_as", "mode", "provider")
    return Facts(
        **{name: row[name] for name in names},
        programmes=frozenset(row["programmes"]),
        published_credits=row["published_credits"],
    )


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
    return {row.code: facts_in(row) for row in await runner.execute(select(*columns))}


def facts_in(row: Catalogued) -> Facts:
    """What rules look at, from a row that has these columns."""
    return Facts(row.code, row.counts_as, row.mode, row.provider, frozenset(row.programmes), row.published_credits)
