"""Putting a teacher's progress together."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.diagnostics.queries import latest_pathway
from certification.progress import queries
from certification.progress.rules import Situation, Standing, standings, status_of, what_next, why_not_complete
from certification.progress.schemas import ComponentOut, EntryOut, HintOut, SchemeProgress
from certification.schemes.rules import ActivityKind, SchemeRules

Ledger = dict[tuple[str, str], list[RowMapping]]
"""Entries by scheme and component."""


async def progress_of(connection: AsyncConnection, teacher_id: UUID | None) -> list[SchemeProgress]:
    """How far a teacher is in each scheme; empty until the registration has arrived."""
    enrolled = await queries.enrolments(connection, teacher_id)
    if not enrolled:
        return []
    ledger: Ledger = defaultdict(list)
    for entry in await queries.entries(connection, teacher_id):
        ledger[entry["scheme"], entry["component"]].append(entry)
    situation = await _situation(connection, teacher_id)
    return [_scheme(row, ledger, situation) for row in enrolled]


async def _situation(connection: AsyncConnection, teacher_id: UUID | None) -> Situation:
    done = await queries.activities_done(connection, teacher_id)
    pathway = await latest_pathway(connection, teacher_id)
    codes_done = {code for _, code in done}
    return Situation(
        kinds_done=frozenset(ActivityKind(kind) for kind, _ in done),
        entries_waiting=await queries.entries_waiting(connection, teacher_id),
        pathway_title=pathway["title"] if pathway else None,
        courses_left=[code for code in pathway["courses"] if code not in codes_done] if pathway else [],
    )


def _scheme(row: RowMapping, ledger: Ledger, situation: Situation) -> SchemeProgress:
    scheme, rules = row["scheme"], SchemeRules.model_validate(row["rules"])
    recorded = {
        rule.component: sum((entry["credits"] for entry in ledger[scheme, rule.component]), Decimal(0))
        for rule in rules.components
    }
    components = standings(rules, recorded)
    is_awarded = row["certificate_id"] is not None
    return SchemeProgress(
        scheme=scheme,
        scheme_version=row["scheme_version"],
        title=row["title"],
        status=status_of(rules, components, is_awarded=is_awarded),
        counted=sum((standing.counted for standing in components), Decimal(0)),
        required=rules.credits_required,
        components=[_component(standing, ledger[scheme, standing.component]) for standing in components],
        why_not_complete=[] if is_awarded else why_not_complete(rules, components),
        what_next=[HintOut.model_validate(hint) for hint in what_next(rules, components, situation)],
    )


def _component(standing: Standing, entries: list[RowMapping]) -> ComponentOut:
    return ComponentOut(
        component=standing.component,
        title=standing.title,
        required=standing.required,
        recorded=standing.recorded,
        counted=standing.counted,
        needed=standing.needed,
        surplus=standing.surplus,
        entries=[EntryOut.model_validate(dict(entry)) for entry in entries],
    )
