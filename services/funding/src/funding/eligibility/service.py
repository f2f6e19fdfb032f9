"""Answers every rule in force for a school."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from funding.base import Queryable
from funding.canonical import canonical, checksum
from funding.eligibility.errors import PublishedRuleDiffers, SchoolNotFound
from funding.eligibility.facts import gather_facts
from funding.eligibility.models import EligibilityRule, EstablishmentType
from funding.eligibility.rules import Rule, find
from funding.eligibility.schemas import EligibilityOut
from funding.overrides.facts import attested, laid_over
from funding.policies.conditions import facts_asked
from funding.schools.service import find_school


@lru_cache(maxsize=256)
def _read(document: str) -> Rule:
    return Rule.model_validate_json(document)


async def answer_every_rule(reader: AsyncConnection, urn: str, on: date) -> EligibilityOut:
    """The answers for a school, or SchoolNotFound."""
    school = await find_school(reader, urn)
    if school is None:
        raise SchoolNotFound(urn)
    rules = await rules_in_force(reader, on)
    asked = facts_asked(*(rule.condition for rule in rules))
    said = await attested(reader, [urn], [], asked)
    facts = laid_over(await gather_facts(reader, school, on, asked), said, urn, None)
    return EligibilityOut(urn=urn, school_name=school.name, answered_on=on, rules=[find(rule, facts) for rule in rules])


async def rules_in_force(db: Queryable, on: date) -> list[Rule]:
    """The latest version of each rule that had begun, in the order of the reference data."""
    table = EligibilityRule.__table__.c
    begun = select(table.rule, table.position, table.document).where(table.effective_from <= on)
    rows = await db.execute(begun.order_by(table.effective_from, table.version))
    latest = {row.rule: row for row in rows}
    return [_read(row.document) for row in sorted(latest.values(), key=lambda row: (row.position, row.rule))]


async def publish_rule(session: AsyncSession, rule: Rule, position: int) -> bool:
    """Hold a version for ever; False when it is held already, PublishedRuleDiffers when with other content."""
    document = canonical(rule)
    digest = checksum(document)
    values = {
        "rule": rule.rule,
        "version": rule.version,
        "position": position,
        "effective_from": rule.effective_from,
        "document": document,
        "checksum": digest,
        "imported_at": clock.now(),
    }
    added = insert(EligibilityRule).values(values).on_conflict_do_nothing(index_elements=["rule", "version"])
    if (await session.execute(added.returning(EligibilityRule.version))).first() is not None:
        return True
    held = select(EligibilityRule.checksum).where(
        EligibilityRule.rule == rule.rule, EligibilityRule.version == rule.version
    )
    if (await session.execute(held)).scalar_one() != digest:
        raise PublishedRuleDiffers(f"{rule.rule} version {rule.version} was published with other content")
    return False


async def import_types(session: AsyncSession, rows: Sequence[dict[str, str | int | bool | date]]) -> None:
    """Add establishment types, or correct the verdicts held."""
    statement = insert(EstablishmentType).values(list(rows))
    updates = {name: statement.excluded[name] for name in rows[0] if name != "code"}
    await session.execute(statement.on_conflict_do_update(index_elements=[EstablishmentType.code], set_=updates))
