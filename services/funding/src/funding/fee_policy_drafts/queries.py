"""Reads of drafts of fee policies."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from chassis.paging import PageOf
from funding.base import Queryable
from funding.fee_policies.rules import FeePolicy
from funding.fee_policy_drafts.cases import CASES
from funding.fee_policy_drafts.models import FeePolicyDraft
from funding.fee_policy_drafts.preview import preview
from funding.fee_policy_drafts.schemas import FeeDraftOut, FeeDraftPreview
from funding.policy_drafts.errors import PolicyDraftNotFound
from funding.policy_drafts.models import DraftStatus

LISTED_AT = "/v1/fee-policy-drafts"
_TABLE = FeePolicyDraft.__table__


def _shown(row: Row[Any]) -> FeeDraftOut:
    held = {name: value for name, value in row._mapping.items() if name in FeeDraftOut.model_fields}
    written = {"policy": FeePolicy.model_validate_json(row.document), "cases": CASES.validate_json(row.cases)}
    return FeeDraftOut.model_validate(held | written)


async def find_draft(db: Queryable, draft_id: UUID) -> FeeDraftOut:
    """One draft; PolicyDraftNotFound."""
    row = (await db.execute(select(_TABLE).where(_TABLE.c.id == draft_id))).one_or_none()
    if row is None:
        raise PolicyDraftNotFound(draft_id, LISTED_AT)
    return _shown(row)


async def list_drafts(db: Queryable, page: PageOf, status: DraftStatus | None) -> Sequence[FeeDraftOut]:
    """Drafts, the oldest first, one more than the page holds."""
    query = select(_TABLE).order_by(_TABLE.c.id).limit(page.limit + 1)
    if status is not None:
        query = query.where(_TABLE.c.status == status)
    after = page.after_as(UUID)
    if after is not None:
        query = query.where(_TABLE.c.id > after[0])
    return [_shown(row) for row in await db.execute(query)]


async def previewed(db: Queryable, draft_id: UUID) -> FeeDraftPreview:
    """Who would pay more and who less; PolicyDraftNotFound."""
    policy = (await find_draft(db, draft_id)).policy
    return await preview(db, policy, policy.effective_from)
