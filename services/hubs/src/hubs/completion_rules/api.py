"""`/v1/completion-rules`: how much of a run must be attended, version by version."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import PUBLIC, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.completion_rules import queries, service
from hubs.completion_rules.errors import (
    CompletionRuleDecided,
    CompletionRuleNeedsAnother,
    CompletionRuleNotFound,
    CompletionRuleOfNothing,
)
from hubs.completion_rules.models import CompletionRule
from hubs.completion_rules.queries import KEEPERS
from hubs.completion_rules.schemas import CompletionRuleFilter, CompletionRuleIn, CompletionRuleOut, RuleDecisionIn

router = ServiceRouter(prefix="/v1/completion-rules", tags=["completion rules"])
Keeper = Annotated[Principal, allow(role(*KEEPERS))]


@router.get("", response_model=Page[CompletionRuleOut])
async def list_completion_rules(
    reader: Reader,
    caller: Annotated[Principal, allow(PUBLIC)],
    wanted: Annotated[CompletionRuleFilter, Query()],
    page: PageRequest,
) -> dict[str, object]:
    """Approved versions, newest first; administrators may ask for proposed and refused ones."""
    if wanted.status != "approved" and not caller.has_role(*KEEPERS):
        return Page.of([], page, key=lambda row: ())
    rows = await queries.list_versions(reader, wanted, page)
    return Page.of(rows, page, key=lambda row: (row.scope, row.applies_to, str(row.version)))


@router.post(
    "",
    status_code=201,
    response_model=CompletionRuleOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CompletionRuleOfNothing),
)
async def propose_completion_rule(session: Session, caller: Keeper, body: CompletionRuleIn) -> CompletionRule:
    """Propose the next version of a rule. It counts once another administrator has approved it."""
    return await service.propose(session, caller, body)


@router.post(
    "/{rule_id}/decision",
    response_model=CompletionRuleOut,
    dependencies=[IDEMPOTENT],
    responses=errors(CompletionRuleNotFound, CompletionRuleDecided, CompletionRuleNeedsAnother),
)
async def decide_completion_rule(
    session: Session, caller: Keeper, rule_id: UUID, body: RuleDecisionIn
) -> CompletionRule:
    """Approve or refuse what somebody else proposed."""
    return await service.decide(session, caller, rule_id, body)
