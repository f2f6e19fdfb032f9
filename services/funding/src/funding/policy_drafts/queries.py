"""Reads of drafts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from chassis.paging import PageOf
from funding.base import Queryable
from funding.policies.rules import Policy
from funding.policy_drafts.cases import CASES
from funding.policy_drafts.errors import PolicyDraftNotFound
from funding.policy_drafts.models import DraftStatus, PolicyDraft
from funding.policy_drafts.schemas import DraftOut

LISTED_AT = "/v1/policy-drafts"
_TABLE = PolicyDraft.__table__


def _shown(row: Row[Any]) -> DraftOut:
    held = {name: value for name, value in row._mapping.items() if name in DraftOut.model_fields}
    written = {"policy": Policy.model_validate_json(row.document), "cases": CASES.validate_json(row.cases)}
    return DraftOut.model_validate(held | written)


async def find_draft(db: Queryable, draft_id: UUID) -> DraftOut:
    """One draft; PolicyDraftNotFound."""
    row = (await db.execute(select(_TABLE).where(_TABLE.c.id == draft_id))).one_or_none()
    if row is None:
        raise PolicyDraftNotFound(draft_id, LISTED_AT)
    return _shown(row)


async def list_drafts(
    db: Queryable, page: PageOf, policy: str | None, status: DraftStatus | None
) -> Sequence[DraftOut]:
    """Drafts, the oldest first, one more than the page holds."""
    query = select(_TABLE).order_by(_TABLE.c.id).limit(page.limit + 1)
    if policy is not None:
        query = query.where(_TABLE.c.policy == policy)
    if status is not None:
        query = query.where(_TABLE.c.status == status)
    after = page.after_as(UUID)
    if after is not None:
        query = query.where(_TABLE.c.id > after[0])
    return [_shown(row) for row in await db.execute(query)]
