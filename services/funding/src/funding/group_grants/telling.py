"""Tells others what the money of groups comes to, whenever it differs from what they were last told.

It is compared rather than followed step by step: whatever changes an award, now or later, is told of.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import publish
from contracts.funding import GroupGrantChanged
from funding.grants.models import GrantAward
from funding.group_grants.models import GroupGrant
from funding.group_grants.queries import FIGURES


def _figures() -> ColumnElement[Any]:
    told = (
        *(GroupGrant.__table__.c[name] for name in ("grant_id", "expected_pence", "question_code")),
        GrantAward.status.label("grant_status"),
        *FIGURES,
    )
    named = [part for one in told for part in (literal(one.name), one)]
    return func.jsonb_build_object(*named, type_=JSONB)


async def tell_changes(session: AsyncSession, most: int) -> int:
    """Tell of groups whose figures are not as they were told; how many there were."""
    figures = _figures()
    query = (
        select(GroupGrant, figures.label("figures"))
        .outerjoin(GrantAward, GrantAward.id == GroupGrant.grant_id)
        .where(GroupGrant.told.is_distinct_from(figures))
        .order_by(GroupGrant.group_id)
        .limit(most)
        .with_for_update(of=GroupGrant, skip_locked=True)
    )
    changed = (await session.execute(query)).all()
    for group, now in changed:
        group.told = now
        names = ("group_id", "hub_id", "network", "project_code", "project_year")
        await publish(session, GroupGrantChanged(**{name: getattr(group, name) for name in names}, **now))
    return len(changed)
