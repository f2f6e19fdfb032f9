"""Gathers what a price is made from, as it is held now, and makes prices again from what was stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.known_as import is_theirs
from contracts.hubs import BookingPlaced
from funding.base import Queryable
from funding.canonical import canonical
from funding.certificates.service import facts_of_teachers
from funding.course_runs.service import RunFacts
from funding.eligibility.facts import gather_all_facts
from funding.fee_policies import service as fee_policies
from funding.fee_policies.rules import FeePolicy, PricedRun, PriceInputs, price
from funding.fee_policies.service import PublishedFees
from funding.fees.models import Fee, FeeStatus
from funding.overrides.facts import Whom, attested, laid_over
from funding.policies.conditions import facts_asked
from funding.policies.facts import Fact
from funding.policies.rules import Mode, Phase, Programme
from funding.schools.service import find_schools

FREE_PLACE = "school.free_place_is_left"
Facts = Mapping[str, Fact]


def quoted_run(run: RunFacts, teacher_phase: str | None) -> PricedRun:
    """A run as a booking of it would be: for the teacher's own phase where the course serves it, else for its first."""
    phase = teacher_phase if teacher_phase in run.phases else run.phases[0]
    return PricedRun(
        course_run_id=run.course_run_id,
        course_code=run.course_code,
        phase=cast(Phase, phase),
        programme=cast(Programme, run.programme),
        mode=cast(Mode, run.mode),
        days=run.days,
        starts_on=run.starts_on,
        charge_pence=run.charge_pence,
        independent_charge_pence=run.independent_charge_pence,
    )


def booked_run(event: BookingPlaced) -> PricedRun:
    """A run as it was when it was booked."""
    return PricedRun.model_validate(event.model_dump(include=set(PricedRun.model_fields)))


@dataclass(frozen=True)
class Gathered:
    """What is held about schools and teachers, for prices of one policy on one day."""

    published: PublishedFees
    on: date
    schools: Mapping[str, Facts]
    teachers: Mapping[UUID, Facts]
    said: Mapping[Whom, dict[str, Fact]]

    async def inputs(self, session: AsyncSession, run: PricedRun, school_urn: str, teacher_id: UUID) -> PriceInputs:
        """Everything that the policy asks for, of the school, the teacher and the run."""
        facts = {**self.schools.get(school_urn, {}), **self.teachers[teacher_id]}
        if FREE_PLACE in asked_by(self.published.policy):
            await session.flush()  # whoever was decided before may have taken it
            facts[FREE_PLACE] = await _free_place(session, school_urn, run.course_code, teacher_id, self.on)
        return PriceInputs(
            version=self.published.policy.version,
            checksum=self.published.checksum,
            priced_on=self.on,
            school_urn=school_urn,
            run=run,
            facts=laid_over(facts, self.said, school_urn, teacher_id) | course_facts(run, self.on),
        )


def asked_by(policy: FeePolicy) -> frozenset[str]:
    """The facts that a policy asks for."""
    return facts_asked(*(row.when for row in policy.rows))


async def gather(db: Queryable, published: PublishedFees, whom: Collection[tuple[str, UUID]], on: date) -> Gathered:
    """What is held now about schools by number, each with a teacher, in as many queries as for one."""
    asked = asked_by(published.policy)
    urns, teachers = {urn for urn, _ in whom}, {teacher_id for _, teacher_id in whom}
    known = await find_schools(db, urns)
    return Gathered(
        published,
        on,
        await gather_all_facts(db, [known[urn] for urn in sorted(known)], on, asked),
        await facts_of_teachers(db, teachers, on, asked),
        await attested(db, urns, teachers, asked),
    )


def course_facts(run: PricedRun, on: date) -> dict[str, Fact]:
    """What is known of the course itself."""
    source = f"course run {run.course_run_id}"
    said = {"course.phase": run.phase, "course.programme": run.programme, "course.mode": run.mode}
    return {name: Fact(possible=(value,), source=source, as_of=on) for name, value in said.items()}


async def _free_place(db: Queryable, school_urn: str, course_code: str, teacher_id: UUID, on: date) -> Fact:
    """One teacher of a school has its free place on a course."""
    taken = select(Fee.booking_id).where(
        Fee.school_urn == school_urn,
        Fee.course_code == course_code,
        ~is_theirs(Fee.teacher_id, teacher_id),
        Fee.takes_free_place,
        Fee.status != FeeStatus.VOID,
    )
    is_left = (await db.execute(taken.limit(1))).first() is None
    return Fact(possible=(is_left,), source="funding's own fees", as_of=on)


async def replay(session: AsyncSession, inputs_text: str) -> str:
    """Make a price again from its stored inputs, byte for byte; ValueError if the policy is another text."""
    inputs = PriceInputs.model_validate_json(inputs_text)
    published = await fee_policies.find_version(session, inputs.version)
    if published.checksum != inputs.checksum:
        raise ValueError(f"fee policy version {inputs.version} is not the text this was priced by")
    return canonical(price(published.policy, inputs))
