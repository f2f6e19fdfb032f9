"""Publishes policy versions and finds the one in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.policies.errors import PublishedVersionDiffers
from funding.policies.models import PolicyVersion
from funding.policies.rules import Policy
from funding.policies.schemas import PolicyOut


@dataclass(frozen=True)
class Published:
    """A policy version as it is held."""

    policy: Policy
    budget: str
    checksum: str


@lru_cache(maxsize=256)
def _read(document: str) -> Policy:
    return Policy.model_validate_json(document)


async def publish_version(session: AsyncSession, policy: Policy, budget: str) -> bool:
    """Hold a version for ever; False when it is held already, PublishedVersionDiffers when with other content."""
    document = canonical(policy)
    digest = checksum(document)
    values = {
        "policy": policy.policy,
        "version": policy.version,
        "effective_from": policy.effective_from,
        "budget": budget,
        "document": document,
        "checksum": digest,
        "imported_at": clock.now(),
    }
    added = insert(PolicyVersion).values(values).on_conflict_do_nothing(index_elements=["policy", "version"])
    if (await session.execute(added.returning(PolicyVersion.version))).first() is not None:
        return True
    held = await find_version(session, policy.policy, policy.version)
    if held.checksum != digest:
        raise PublishedVersionDiffers(f"{policy.policy} version {policy.version} was published with other content")
    return False


async def publish_approved(
    session: AsyncSession, policy: Policy, budget: str, draft_id: UUID, author_id: UUID, approved_by: UUID
) -> None:
    """Hold what was approved for ever. The database compares it with its draft, and the people with those of it."""
    document = canonical(policy)
    values = {
        "policy": policy.policy,
        "version": policy.version,
        "effective_from": policy.effective_from,
        "budget": budget,
        "document": document,
        "checksum": checksum(document),
        "imported_at": clock.now(),
        "draft_id": draft_id,
        "author_id": author_id,
        "approved_by": approved_by,
    }
    await session.execute(insert(PolicyVersion).values(values))


async def version_on(db: Queryable, policy: str, on: date) -> Published | None:
    """The version of one policy that is in force on a day; None before its first."""
    begun = [one for one in await _versions(db, policy) if one.policy.effective_from <= on]
    return max(begun, key=lambda one: one.policy.effective_from, default=None)


async def find_version(db: Queryable, policy: str, version: int) -> Published:
    """A version by its number."""
    held = await _versions(db, policy)
    return next(one for one in held if one.policy.version == version)


async def in_force(db: Queryable, phase: str, programme: str, mode: str, day: date) -> Published | None:
    """The version in force on a day for such a course; None when no policy is."""
    begun = [one for one in await _versions(db) if one.policy.effective_from <= day]
    replaced = {name for one in begun for name in one.policy.replaces}
    applying = [
        one
        for one in begun
        if one.policy.policy not in replaced
        and phase in one.policy.applies_to.phases
        and programme in one.policy.applies_to.programmes
        and mode in one.policy.applies_to.modes
    ]
    return max(applying, key=lambda one: one.policy.effective_from, default=None)


async def list_versions(db: Queryable, policy: str | None, day: date | None) -> list[PolicyOut]:
    """Published versions, of one policy or of all; only those in force on a day when one is given."""
    shown = _with_end(await _versions(db, policy))
    if day is None:
        return shown
    return [one for one in shown if one.effective_from <= day <= (one.effective_to or date.max)]


async def _versions(db: Queryable, policy: str | None = None) -> list[Published]:
    table = PolicyVersion.__table__.c
    query = select(table.document, table.budget, table.checksum).order_by(table.policy, table.version)
    if policy is not None:
        query = query.where(table.policy == policy)
    return [Published(_read(row.document), row.budget, row.checksum) for row in await db.execute(query)]


def _with_end(versions: Sequence[Published]) -> list[PolicyOut]:
    shown: list[PolicyOut] = []
    for held in versions:
        policy = held.policy
        later = [
            other.policy.effective_from
            for other in versions
            if other.policy.policy == policy.policy and other.policy.effective_from > policy.effective_from
        ]
        end = min(later) - timedelta(days=1) if later else None
        fields = policy.model_dump(exclude={"entry"})
        shown.append(PolicyOut.model_validate(fields | {"effective_to": end, "checksum": held.checksum}))
    return shown
