"""Proposing a version of a completion rule, and deciding on it: two people, one transaction each."""

from typing import get_args
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.completion_rules.errors import (
    CompletionRuleDecided,
    CompletionRuleNeedsAnother,
    CompletionRuleNotFound,
    CompletionRuleOfNothing,
)
from hubs.completion_rules.models import CompletionRule
from hubs.completion_rules.schemas import CompletionRuleIn, RuleDecisionIn
from hubs.courses.models import Course, Programme


async def propose(session: AsyncSession, caller: Principal, body: CompletionRuleIn) -> CompletionRule:
    """Keep the next version of a rule, not yet counting; CompletionRuleOfNothing."""
    await _require_subject(session, body)
    await _lock(session, body.scope, body.applies_to)
    alike = (CompletionRule.scope == body.scope, CompletionRule.applies_to == body.applies_to)
    latest = await session.scalar(select(func.max(CompletionRule.version)).where(*alike))
    rule = CompletionRule(
        id=new_id(),
        version=(latest or 0) + 1,
        status="proposed",
        proposed_by=caller.id,
        proposed_at=clock.now(),
        **body.model_dump(),
    )
    session.add(rule)
    await session.flush()
    details: dict[str, audit.JSON] = {"applies_to": rule.applies_to, "version": rule.version}
    await audit.record(session, caller, "completion-rule.proposed", f"completion-rule:{rule.id}", details)
    return rule


async def decide(session: AsyncSession, caller: Principal, rule_id: UUID, decision: RuleDecisionIn) -> CompletionRule:
    """Approve or refuse a proposed version. Runs already judged stay with the rule they were judged by.

    Raises CompletionRuleNotFound, CompletionRuleDecided, and CompletionRuleNeedsAnother for who proposed it.
    """
    rule = await session.get(CompletionRule, rule_id, with_for_update=True, populate_existing=True)
    if rule is None:
        raise CompletionRuleNotFound("No rule has this id.")
    if rule.status != "proposed":
        raise CompletionRuleDecided(f"Version {rule.version} was {rule.status}.")
    if rule.proposed_by == caller.id:
        raise CompletionRuleNeedsAnother("You proposed this rule; another administrator decides on it.")
    rule.status, rule.reason = decision.outcome, decision.reason
    rule.decided_by, rule.decided_at = caller.id, clock.now()
    details: dict[str, audit.JSON] = {"version": rule.version, "reason": decision.reason}
    await audit.record(session, caller, f"completion-rule.{decision.outcome}", f"completion-rule:{rule_id}", details)
    return rule


async def _require_subject(session: AsyncSession, body: CompletionRuleIn) -> None:
    if body.scope == "programme" and body.applies_to not in get_args(Programme):
        raise CompletionRuleOfNothing(f"There is no programme {body.applies_to}.")
    if body.scope == "course" and await session.get(Course, body.applies_to) is None:
        raise CompletionRuleOfNothing(f"No course has the code {body.applies_to}.")


async def _lock(session: AsyncSession, scope: str, applies_to: str) -> None:
    key = func.hashtextextended(f"completion-rule:{scope}:{applies_to}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))
