"""The policy in force, and how another comes to be: proposed by one person, approved by another."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import BaseModel
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.models import Activity
from certification.moderation.errors import (
    OwnPolicy,
    PolicyAlreadyApproved,
    PolicyBeginsTooEarly,
    PolicyNotFound,
    UnknownActivities,
)
from certification.moderation.models import ModerationPolicy
from certification.moderation.rules import PolicyRules
from certification.reference import read
from chassis import audit, clock
from chassis.principal import Principal

SEED_BYTES = 32
ONE_AT_A_TIME = 7_240_118
"""Advisory lock: versions are numbered without gaps."""


@dataclass(frozen=True)
class Policy:
    """A version in force."""

    version: int | None
    """None before the first is loaded."""
    rules: PolicyRules
    seed: str


class PolicyRecord(BaseModel):
    """A policy in the reference file."""

    version: int
    effective_from_on: date
    source: str
    rules: PolicyRules


def policies_on_file() -> list[PolicyRecord]:
    """What comes with the platform."""
    return read("moderation.json", PolicyRecord)


@cache
def _before_any() -> Policy:
    return Policy(None, policies_on_file()[0].rules, "0" * 2 * SEED_BYTES)


async def policy_in_force(runner: AsyncConnection | AsyncSession, on: date | None = None) -> Policy:
    """The latest that was approved and has begun by a day, today unless said."""
    query = (
        select(ModerationPolicy.version, ModerationPolicy.rules, ModerationPolicy.seed)
        .where(ModerationPolicy.approved_at.is_not(None), ModerationPolicy.effective_from_on <= (on or clock.today()))
        .order_by(ModerationPolicy.effective_from_on.desc(), ModerationPolicy.version.desc())
        .limit(1)
    )
    row = (await runner.execute(query)).one_or_none()
    if row is None:
        return _before_any()
    return Policy(row.version, PolicyRules.model_validate(row.rules), row.seed)


async def all_policies(connection: AsyncConnection) -> list[RowMapping]:
    """Every version, oldest first."""
    query = select(ModerationPolicy.__table__).order_by(ModerationPolicy.version)
    return list((await connection.execute(query)).mappings())


async def propose(
    session: AsyncSession, caller: Principal, rules: PolicyRules, effective_from_on: date, source: str
) -> ModerationPolicy:
    """A version that waits for a second person. PolicyBeginsTooEarly, UnknownActivities."""
    if effective_from_on <= clock.today():
        raise PolicyBeginsTooEarly
    known = set(await session.scalars(select(Activity.code).where(Activity.code.in_(rules.activities))))
    if unknown := sorted(rules.activities.keys() - known):
        raise UnknownActivities(unknown)
    await session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    last = await session.scalar(select(func.max(ModerationPolicy.version)))
    policy = ModerationPolicy(
        version=(last or 0) + 1,
        rules=rules.model_dump(mode="json"),
        seed=secrets.token_hex(SEED_BYTES),
        effective_from_on=effective_from_on,
        source=source,
        proposed_by=caller.id,
        proposed_at=clock.now(),
    )
    session.add(policy)
    await session.flush()
    await audit.record(session, caller, "moderation_policy.proposed", f"moderation-policy:{policy.version}")
    return policy


async def approve(session: AsyncSession, caller: Principal, version: int) -> ModerationPolicy:
    """Approve somebody else's version. PolicyNotFound, PolicyAlreadyApproved, OwnPolicy, PolicyBeginsTooEarly."""
    policy = await session.get(ModerationPolicy, version, with_for_update=True)
    if policy is None:
        raise PolicyNotFound
    if policy.approved_at is not None:
        raise PolicyAlreadyApproved
    if policy.proposed_by == caller.id:
        raise OwnPolicy
    if policy.effective_from_on <= clock.today():
        raise PolicyBeginsTooEarly
    policy.approved_by, policy.approved_at = caller.id, clock.now()
    await audit.record(session, caller, "moderation_policy.approved", f"moderation-policy:{version}")
    return policy
