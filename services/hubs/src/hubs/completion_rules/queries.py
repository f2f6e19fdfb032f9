"""Reads of completion rules, and which of them a run is judged by."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis.paging import PageOf
from hubs.base import AnyRow
from hubs.completion_rules.models import CompletionRule
from hubs.completion_rules.schemas import CompletionRuleFilter

RULE = CompletionRule.__table__
KEEPERS = ("administrator",)
"""Who proposes and decides, and sees what is not approved."""

_NEAREST_FIRST = case({"course": 1, "programme": 2, "default": 3}, value=CompletionRule.scope)


async def list_versions(reader: AsyncConnection, wanted: CompletionRuleFilter, page: PageOf) -> Sequence[AnyRow]:
    """Versions by what they apply to, the newest first, one row more than the page holds."""
    query = select(RULE).where(CompletionRule.status == wanted.status)
    for column, value in ((CompletionRule.scope, wanted.scope), (CompletionRule.applies_to, wanted.applies_to)):
        if value is not None:
            query = query.where(column == value)
    if (after := page.after_as(str, str, int)) is not None:
        scope, applies_to, version = after
        same_scope = CompletionRule.scope == scope
        same = and_(same_scope, CompletionRule.applies_to == applies_to)
        query = query.where(
            or_(
                CompletionRule.scope > scope,
                and_(same_scope, CompletionRule.applies_to > applies_to),
                and_(same, CompletionRule.version < version),
            )
        )
    ordered = query.order_by(CompletionRule.scope, CompletionRule.applies_to, CompletionRule.version.desc())
    return (await reader.execute(ordered.limit(page.limit + 1))).all()


async def rule_in_force(
    connection: AsyncConnection | AsyncSession, course_code: str, programme: str, on: date
) -> AnyRow | None:
    """The approved rule nearest to a course for runs that begin on a day: its own, its programme's, or the default."""
    query = (
        select(RULE)
        .where(
            or_(
                and_(CompletionRule.scope == "course", CompletionRule.applies_to == course_code),
                and_(CompletionRule.scope == "programme", CompletionRule.applies_to == programme),
                CompletionRule.scope == "default",
            ),
            CompletionRule.status == "approved",
            CompletionRule.valid_from_on <= on,
            CompletionRule.valid_to_on.is_(None) | (CompletionRule.valid_to_on >= on),
        )
        .order_by(_NEAREST_FIRST, CompletionRule.version.desc())
        .limit(1)
    )
    return (await connection.execute(query)).first()


async def find_rule(connection: AsyncConnection | AsyncSession, rule_id: UUID) -> AnyRow:
    """A rule that is known to exist."""
    return (await connection.execute(select(RULE).where(CompletionRule.id == rule_id))).one()
