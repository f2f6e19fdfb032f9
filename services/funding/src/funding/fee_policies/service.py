"""Publishes versions of the fee policy and finds the one in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.fee_policies.errors import NoFeePolicy, PublishedFeesDiffer
from funding.fee_policies.models import FeePolicyVersion
from funding.fee_policies.rules import FeePolicy
from funding.fee_policies.schemas import FeePolicyOut


@dataclass(frozen=True)
class PublishedFees:
    """A version as it is held."""

    policy: FeePolicy
    checksum: str


@lru_cache(maxsize=256)
def _read(document: str) -> FeePolicy:
    return FeePolicy.model_validate_json(document)


async def publish_version(session: AsyncSession, policy: FeePolicy) -> bool:
    """Hold a version for ever; False when it is held already, PublishedFeesDiffer when with other content."""
    document = canonical(policy)
    digest = checksum(document)
    values = {
        "version": policy.version,
        "effective_from": policy.effective_from,
        "document": document,
        "checksum": digest,
        "imported_at": clock.now(),
    }
    added = insert(FeePolicyVersion).values(values).on_conflict_do_nothing(index_elements=["version"])
    if (await session.execute(added.returning(FeePolicyVersion.version))).first() is not None:
        return True
    if (await find_version(session, policy.version)).checksum != digest:
        raise PublishedFeesDiffer(f"Version {policy.version} of the fees was published with other content")
    return False


async def publish_approved(
    session: AsyncSession, policy: FeePolicy, draft_id: UUID, author_id: UUID, approved_by: UUID
) -> None:
    """Hold what was approved for ever. The database compares it with its draft, and the people with those of it."""
    document = canonical(policy)
    values = {
        "version": policy.version,
        "effective_from": policy.effective_from,
        "document": document,
        "checksum": checksum(document),
        "imported_at": clock.now(),
        "draft_id": draft_id,
        "author_id": author_id,
        "approved_by": approved_by,
    }
    await session.execute(insert(FeePolicyVersion).values(values))


async def find_version(db: Queryable, version: int) -> PublishedFees:
    """A version by its number."""
    return next(one for one in await _versions(db) if one.policy.version == version)


async def in_force(db: Queryable, on: date) -> PublishedFees:
    """The version in force on a day; NoFeePolicy before the first."""
    begun = [one for one in await _versions(db) if one.policy.effective_from <= on]
    if not begun:
        raise NoFeePolicy(on)
    return begun[-1]


async def list_versions(db: Queryable, on: date | None) -> list[FeePolicyOut]:
    """Published versions, oldest first; only the one in force on a day when one is given."""
    held = await _versions(db)
    ends = [later.policy.effective_from - timedelta(days=1) for _, later in pairwise(held)]
    shown = (
        [
            FeePolicyOut.model_validate({**one.policy.model_dump(), "effective_to": end, "checksum": one.checksum})
            for one, end in zip(held, [*ends, None], strict=True)
        ]
        if held
        else []
    )
    return [one for one in shown if on is None or one.effective_from <= on <= (one.effective_to or date.max)]


async def _versions(db: Queryable) -> list[PublishedFees]:
    table = FeePolicyVersion.__table__.c
    rows = await db.execute(select(table.document, table.checksum).order_by(table.effective_from))
    return [PublishedFees(_read(row.document), row.checksum) for row in rows]
