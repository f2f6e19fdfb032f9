"""Where somebody stands with the assessment of a scheme: the one place that says whether an attempt may begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from certification.activities.queries import facts_by_code
from certification.assessments.models import AssessmentAttempt
from certification.assessments.rules import Gate, GateStatus, gate_for
from certification.credits.amounts import plain
from certification.credits.known import NOTHING_KNOWN, known_of
from certification.credits.records import done_by_teacher
from certification.enrolments.models import Enrolment
from certification.progress.rules import lacking
from certification.question_banks.queries import published_bank
from certification.question_banks.schemas import BankContent, Limits
from certification.schemes.evaluation import evaluate
from certification.schemes.models import SchemeVersion
from certification.schemes.requirements import Finding
from certification.schemes.rules import SchemeRules
from chassis.known_as import is_theirs

Runner = AsyncConnection | AsyncSession


@dataclass(frozen=True)
class Standing:
    """Where somebody stands at a moment, and everything that it was decided by."""

    gate: Gate
    reasons: list[str]
    bank: RowMapping | None
    content: BankContent | None
    scheme_version: int | None
    pass_percent: Decimal | None
    attempts: Sequence[RowMapping]


async def standing_of(runner: Runner, teacher_id: UUID | None, assessment: RowMapping, now: datetime) -> Standing:
    """Where a teacher stands. Who acts on it holds the teacher's log."""
    bank = await published_bank(runner, assessment["slug"])
    content = BankContent.model_validate(bank["content"]) if bank else None
    attempts = await attempts_of(runner, teacher_id, assessment["slug"])
    enrolled = await _enrolment(runner, teacher_id, assessment["scheme"])
    rules = SchemeRules.model_validate(enrolled["rules"]) if enrolled else None
    rule = rules.assessment_rule if rules else None
    so_far = (len(attempts), sum(one["outcome"] == "failed" for one in attempts))
    opens: Finding | None = None
    if teacher_id is None or enrolled is None or rules is None:
        gate = Gate(GateStatus.NOT_ENROLLED, *so_far)
    elif rule is None:
        gate = Gate(GateStatus.NOT_ASKED_FOR, *so_far)
    elif content is None:
        gate = Gate(GateStatus.NOT_AVAILABLE, *so_far)
    else:
        is_passed, opens = await _facts_for(runner, teacher_id, assessment["scheme"], rules)
        is_eligible = opens is None or opens.is_met
        sat = [_Sat(one["status"], one["outcome"], one["deadline_at"], one["ended_at"]) for one in attempts]
        gate = gate_for(content.limits, sat, now, is_passed=is_passed, is_eligible=is_eligible)
    return Standing(
        gate=gate,
        reasons=reasons_for(gate, content.limits if content else Limits(), opens),
        bank=bank,
        content=content,
        scheme_version=enrolled["scheme_version"] if enrolled else None,
        pass_percent=rule.pass_percent if rule else None,
        attempts=attempts,
    )


@dataclass(frozen=True)
class _Sat:
    status: str
    outcome: str | None
    deadline_at: datetime
    ended_at: datetime | None


async def attempts_of(runner: Runner, teacher_id: UUID | None, assessment: str) -> Sequence[RowMapping]:
    """A person's attempts in their order, under whichever of their ids they sat them."""
    own = select(AssessmentAttempt.__table__).where(
        is_theirs(AssessmentAttempt.teacher_id, teacher_id), AssessmentAttempt.assessment == assessment
    )
    in_order = own.order_by(AssessmentAttempt.started_at, AssessmentAttempt.number)
    return (await runner.execute(in_order)).mappings().all()


async def _enrolment(runner: Runner, teacher_id: UUID | None, scheme: str) -> RowMapping | None:
    version = (SchemeVersion.scheme == Enrolment.scheme) & (SchemeVersion.version == Enrolment.scheme_version)
    query = select(Enrolment.scheme_version, SchemeVersion.rules).join(SchemeVersion, version)
    this = query.where(Enrolment.teacher_id == teacher_id, Enrolment.scheme == scheme)
    return (await runner.execute(this)).mappings().one_or_none()


async def _facts_for(runner: Runner, teacher_id: UUID, scheme: str, rules: SchemeRules) -> tuple[bool, Finding | None]:
    """Whether it is passed, and how far what has to be met first is met."""
    known = (await known_of(runner, [teacher_id])).get(teacher_id, NOTHING_KNOWN)
    besides = known.besides(scheme)
    if rules.assessment is None or rules.assessment.opens_when is None:
        return besides.assessment_passed, None
    done = await done_by_teacher(runner, [teacher_id], await facts_by_code(runner))
    return besides.assessment_passed, evaluate(rules, done.get(teacher_id, ()), besides).assessment_opens


def reasons_for(gate: Gate, limits: Limits, opens: Finding | None) -> list[str]:
    """Why no attempt may begin, in sentences; none when one may."""
    if gate.status is GateStatus.WAITING and gate.opens_at is not None:
        hours = plain(Decimal(limits.wait_hours))
        told = f"After {gate.failures} failed attempts there are {hours} hours from the last one to the next"
        return [f"{told}: it may begin on {gate.opens_at:%-d %B %Y at %H:%M:%S} UTC."]
    if gate.status is GateStatus.NOT_ELIGIBLE and opens is not None:
        return [f"It opens when this is met: {lacking(opens)}."]
    return [_SENTENCES[gate.status]] if gate.status in _SENTENCES else []


_SENTENCES = {
    GateStatus.PASSED: "You have passed it.",
    GateStatus.IN_PROGRESS: "An attempt is in progress.",
    GateStatus.BEING_MARKED: "The time of your attempt is up; it is being marked.",
    GateStatus.NOT_ENROLLED: "It belongs to a certificate that you are not enrolled for.",
    GateStatus.NOT_ASKED_FOR: "The rules that you are enrolled under ask for no assessment.",
    GateStatus.NOT_AVAILABLE: "No questions have been published yet.",
}
