"""Lays what people attested over what registers tell."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from chassis import clock
from funding.base import Queryable
from funding.overrides.models import FactOverride, OverrideStatus
from funding.policies.facts import Fact

ATTESTED = "attested by two people (override "
"""How the source of an attested fact begins, in every decision that was made by one."""
RESTS_ON_ATTESTED = f'$.facts.*.source ? (@ starts with "{ATTESTED}")'
"""Finds such a fact among the inputs of a decision, as a path of PostgreSQL's."""

Whom = tuple[str, UUID | None]
"""A school, or a teacher of a school."""


async def attested(
    db: Queryable, schools: Collection[str], teachers: Collection[UUID], asked: frozenset[str]
) -> Mapping[Whom, dict[str, Fact]]:
    """The facts asked for that were attested of these, as they hold today."""
    if not asked:
        return {}
    table = FactOverride.__table__.c
    query = select(FactOverride.__table__).where(
        table.school_urn.in_(schools),
        or_(table.teacher_id.is_(None), table.teacher_id.in_(teachers)),
        table.fact.in_(asked),
        table.status == OverrideStatus.APPROVED,
        table.expires_on >= clock.today(),
    )
    found: dict[Whom, dict[str, Fact]] = {}
    for row in await db.execute(query):
        decided_on: date = row.decided_at.date()
        fact = Fact(
            possible=(json.loads(row.value),),
            source=f"{ATTESTED}{row.id}): {row.evidence}",
            as_of=decided_on,
            until=row.expires_on,
        )
        found.setdefault((row.school_urn, row.teacher_id), {})[row.fact] = fact
    return found


def laid_over(
    facts: Mapping[str, Fact], attested_facts: Mapping[Whom, dict[str, Fact]], school_urn: str, teacher_id: UUID | None
) -> dict[str, Fact]:
    """Facts with what was attested of the school and of its teacher in their place."""
    of_school = attested_facts.get((school_urn, None), {})
    of_teacher = attested_facts.get((school_urn, teacher_id), {}) if teacher_id is not None else {}
    return {**facts, **of_school, **of_teacher}
