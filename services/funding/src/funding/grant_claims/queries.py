"""Reads of rates and of claims on awards."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import String, cast, func, literal, select

from chassis.principal import Principal
from funding.base import Queryable
from funding.grant_claims.errors import GrantClaimNotFound
from funding.grant_claims.models import ClaimedStatus, GrantClaim, GrantClaimLine, GrantRate
from funding.grant_claims.schemas import ClaimLineOut, GrantClaimOut, RateOut
from funding.grants.access import seen_by
from funding.grants.errors import GrantNotFound
from funding.grants.models import GrantAward
from funding.payables.models import Payable


async def list_rates(db: Queryable) -> list[RateOut]:
    """Every rate, by name and day."""
    query = select(GrantRate.__table__).order_by(GrantRate.rate, GrantRate.effective_from)
    return [RateOut.model_validate(row) for row in await db.execute(query)]


async def submitted_pence(db: Queryable, grant_id: UUID) -> int:
    """What is claimed on an award and not decided."""
    query = select(func.coalesce(func.sum(GrantClaim.amount_pence), 0)).where(
        GrantClaim.grant_id == grant_id, GrantClaim.status == ClaimedStatus.SUBMITTED
    )
    return int((await db.execute(query)).scalar_one())


async def claimed_at_rate(db: Queryable, grant_id: UUID, rate: str) -> int:
    """What is claimed of a rate on an award, decided or not, what was declined left out."""
    query = (
        select(func.coalesce(func.sum(GrantClaimLine.amount_pence), 0))
        .join(GrantClaim, GrantClaim.id == GrantClaimLine.claim_id)
        .where(
            GrantClaim.grant_id == grant_id,
            GrantClaim.status != ClaimedStatus.DECLINED,
            GrantClaimLine.rate == rate,
        )
    )
    return int((await db.execute(query)).scalar_one())


async def list_claims(db: Queryable, caller: Principal, grant_id: UUID) -> Sequence[GrantClaimOut]:
    """Every claim on an award that the caller may see, or GrantNotFound."""
    known = select(GrantAward.id).where(GrantAward.id == grant_id, seen_by(caller))
    if (await db.execute(known)).first() is None:
        raise GrantNotFound(grant_id)
    source = literal("grant_claim:") + cast(GrantClaim.id, String)
    claims = (
        select(GrantClaim.__table__, Payable.status.label("payment"))
        .outerjoin(Payable, Payable.source == source)
        .where(GrantClaim.grant_id == grant_id)
        .order_by(GrantClaim.claimed_at, GrantClaim.id)
    )
    lines = (
        select(GrantClaimLine.__table__)
        .join(GrantClaim, GrantClaim.id == GrantClaimLine.claim_id)
        .where(GrantClaim.grant_id == grant_id)
        .order_by(GrantClaimLine.claim_id, GrantClaimLine.number)
    )
    found: dict[UUID, list[ClaimLineOut]] = {}
    for row in await db.execute(lines):
        found.setdefault(row.claim_id, []).append(ClaimLineOut.model_validate(row))
    rows = (await db.execute(claims)).mappings()
    return [GrantClaimOut.model_validate({**row, "lines": found[row["id"]]}) for row in rows]


async def find_claim(db: Queryable, caller: Principal, grant_id: UUID, claim_id: UUID) -> GrantClaimOut:
    """One claim, or GrantClaimNotFound."""
    for one in await list_claims(db, caller, grant_id):
        if one.id == claim_id:
            return one
    raise GrantClaimNotFound("The grant has no such claim.")
