"""Reads of claims, each limited in the SQL to what the caller may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from chassis.known_as import is_theirs
from chassis.paging import PageOf
from chassis.principal import Principal
from funding.base import Queryable
from funding.claims.models import Claim, ClaimStatus
from funding.claims.schemas import ClaimOut
from funding.cursors import instant
from funding.roles import reads_all


def _query(caller: Principal) -> Select[Any]:
    query = select(Claim.__table__)
    return query if reads_all(caller) else query.where(is_theirs(Claim.claimant_id, caller.id))


async def find_claim(db: Queryable, caller: Principal, claim_id: UUID) -> ClaimOut | None:
    """A claim, if there is one that the caller may see."""
    row = (await db.execute(_query(caller).where(Claim.id == claim_id))).one_or_none()
    return None if row is None else ClaimOut.model_validate(row)


async def list_claims(db: Queryable, caller: Principal, page: PageOf, status: ClaimStatus | None) -> Sequence[ClaimOut]:
    """Claims, the latest first, one more than the page holds."""
    query = _query(caller).order_by(Claim.submitted_at.desc(), Claim.id.desc()).limit(page.limit + 1)
    if status is not None:
        query = query.where(Claim.status == status)
    after = page.after_as(instant, UUID)
    if after is not None:
        query = query.where(tuple_(Claim.submitted_at, Claim.id) < after)
    return [ClaimOut.model_validate(row) for row in await db.execute(query)]
