"""Putting a teacher's progress together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.activities.queries import facts_by_code
from certification.assessments.rules import GateStatus, gate_for
from certification.assessments.standing import reasons_for
from certification.credits.known import NOTHING_KNOWN, Known, known_of
from certification.credits.records import done_by_teacher
from certification.progress import queries
from certification.progress.recommendations import MOST_OF_A_COMPONENT, Offer, recommended
from certification.progress.rules import (
    Met,
    Situation,
    Standing,
    standings,
    status_of,
    what_next,
    why_not_complete,
)
from certification.progress.schemas import (
    AssessmentProgress,
    ComponentOut,
    EntryOut,
    HintOut,
    RecommendationOut,
    RequirementOut,
    SchemeProgress,
)
from certification.question_banks.schemas import Limits
from certification.schemes.evaluation import Done, evaluate
from certification.schemes.requirements import ActivityKind
from certification.schemes.rules import SchemeRules
from certification.schools.evidence import awarded_to_school_of, done_at_school
from chassis import clock

Ledger = dict[tuple[str, str], list[RowMapping]]
"""Entries by scheme and component."""


@dataclass(frozen=True)
class About:
    """Everything that is known of a teacher, whatever the scheme."""

    ledger: Ledger
    done: Sequence[Done]
    """Read only where a scheme asks for more than credits."""
    at_school: Sequence[Done]
    """What the teachers of the school did between them; read only where an award is a school's."""
    awarded_to_school: frozenset[str]
    known: Known
    keys_done: frozenset[str]
    situation: Situation
    offers: Sequence[Offer]
    assessments: Mapping[str, RowMapping]
    """By scheme; read only where a scheme asks for one. So are the attempts."""
    attempts: Sequence[queries.AttemptRow]


async def progress_of(connection: AsyncConnection, teacher_id: UUID | None) -> list[SchemeProgress]:
    """How far a teacher is in each scheme; empty until the registration has arrived."""
    enrolled = await queries.enrolments(connection, teacher_id)
    if not enrolled or teacher_id is None:
        return []
    rules = [SchemeRules.model_validate(row["rules"]) for row in enrolled]
    about = await _about(connection, teacher_id, enrolled, rules)
    return [_scheme(row, pinned, about) for row, pinned in zip(enrolled, rules, strict=True)]


async def _about(
    connection: AsyncConnection, teacher_id: UUID, enrolled: Sequence[RowMapping], rules: Sequence[SchemeRules]
) -> About:
    row = enrolled[0]
    is_done = all(one["certificate_id"] for one in enrolled)
    has_assessment = any(one.assessment_required for one in rules)
    asks_more = has_assessment or any(one.requirements for one in rules)
    of_school = any(one.awarded_to == "school" for one in rules)
    ledger: Ledger = defaultdict(list)
    for entry in await queries.entries(connection, teacher_id):
        ledger[entry["scheme"], entry["component"]].append(entry)
    records = await queries.activities_done(connection, teacher_id)
    codes_done = {record.activity for record in records}
    situation = Situation(
        kinds_done=frozenset(ActivityKind(record.kind) for record in records),
        entries_waiting=row["entries_waiting"],
        pathway_title=row["pathway"],
        courses_left=[code for code in row["courses"] or () if code not in codes_done],
    )
    catalogue = await facts_by_code(connection) if asks_more else {}
    return About(
        ledger=ledger,
        done=(await done_by_teacher(connection, [teacher_id], catalogue)).get(teacher_id, []) if asks_more else (),
        at_school=(await done_at_school(connection, [teacher_id], catalogue)).get(teacher_id, []) if of_school else (),
        awarded_to_school=await awarded_to_school_of(connection, teacher_id) if of_school else frozenset(),
        known=(await known_of(connection, [teacher_id])).get(teacher_id, NOTHING_KNOWN) if asks_more else NOTHING_KNOWN,
        keys_done=frozenset(record.activity_key for record in records),
        situation=situation,
        offers=() if is_done else await _offers(connection, row, len(records), whole_catalogue=asks_more),
        assessments=await queries.assessments(connection) if has_assessment else {},
        attempts=await queries.attempts(connection, teacher_id) if has_assessment else (),
    )


async def _offers(connection: AsyncConnection, row: RowMapping, done: int, *, whole_catalogue: bool) -> list[Offer]:
    """Enough that a few are left when everything done is taken away."""
    most = MOST_OF_A_COMPONENT + done
    return await queries.offers(connection, row, most=most, whole_catalogue=whole_catalogue)


def _scheme(row: RowMapping, rules: SchemeRules, about: About) -> SchemeProgress:
    scheme = row["scheme"]
    met = _met(scheme, rules, about)
    is_awarded = row["certificate_id"] is not None or scheme in about.awarded_to_school
    suggestions = [] if is_awarded else recommended(rules, met, about.offers, about.keys_done)
    return SchemeProgress(
        scheme=scheme,
        scheme_version=row["scheme_version"],
        title=row["title"],
        awarded_to=rules.awarded_to,
        status=status_of(rules, met, is_awarded=is_awarded),
        counted=sum((standing.counted for standing in met.components), Decimal(0)),
        required=rules.credits_required,
        components=[_component(standing, about.ledger[scheme, standing.component]) for standing in met.components],
        requirements=[RequirementOut.model_validate(finding) for finding in met.findings],
        assessment=_assessment(scheme, rules, met, about),
        award_check=_check(row),
        award_due_at=row["due_at"],
        why_not_complete=[] if is_awarded else why_not_complete(rules, met),
        what_next=[HintOut.model_validate(hint) for hint in what_next(rules, met.components, about.situation)],
        recommendations=[RecommendationOut.model_validate(one) for one in suggestions],
    )


def _check(row: RowMapping) -> Literal["waiting", "withheld"] | None:
    """How a check stands that keeps the certificate from being awarded."""
    if row["checked_since"] is None or row["check_outcome"] == "awarded":
        return None
    return "withheld" if row["check_outcome"] == "withheld" else "waiting"


def _met(scheme: str, rules: SchemeRules, about: About) -> Met:
    """How far the scheme is: its credits by the ledger, and the rest by what was done."""
    recorded = {
        rule.component: sum((entry["credits"] for entry in about.ledger[scheme, rule.component]), Decimal(0))
        for rule in rules.components
    }
    besides = about.known.besides(scheme)
    found = evaluate(rules, about.at_school if rules.awarded_to == "school" else about.done, besides)
    return Met(standings(rules, recorded), found.findings, besides.assessment_passed, found.assessment_opens)


def _assessment(scheme: str, rules: SchemeRules, met: Met, about: About) -> AssessmentProgress | None:
    rule = rules.assessment_rule
    if rule is None:
        return None
    opens, sat = met.assessment_opens, [one for one in about.attempts if one.scheme == scheme]
    found = about.assessments.get(scheme)
    limits = Limits.model_validate(found["limits"]) if found else Limits()
    is_eligible = opens is None or opens.is_met
    gate = gate_for(limits, sat, clock.now(), is_passed=met.assessment_passed, is_eligible=is_eligible)
    if found is None and gate.status is not GateStatus.PASSED:
        gate = replace(gate, status=GateStatus.NOT_AVAILABLE)
    return AssessmentProgress(
        pass_percent=rule.pass_percent,
        is_passed=met.assessment_passed,
        is_open=is_eligible,
        opens_when=RequirementOut.model_validate(opens) if opens else None,
        assessment=found["slug"] if found else None,
        status=gate.status,
        closed_because=reasons_for(gate, limits, opens),
        opens_at=gate.opens_at,
        attempts=gate.attempts,
        failures=gate.failures,
        best_percent=max((one.percent for one in sat if one.percent is not None), default=None),
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
