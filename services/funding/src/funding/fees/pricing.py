"""Gathers what a price is made from, as it is held now, and makes prices again from what was stored."""

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.known_as import is_theirs
from contracts.hubs import BookingPlaced
from funding.base import Queryable
from funding.canonical import canonical
from funding.certificates.service import teacher_facts
from funding.course_runs.service import RunFacts
from funding.eligibility.facts import gather_facts
from funding.fee_policies import service as fee_policies
from funding.fee_policies.rules import PricedRun, PriceInputs, price
from funding.fee_policies.service import PublishedFees
from funding.fees.models import Fee, FeeStatus
from funding.overrides.facts import attested, laid_over
from funding.policies.conditions import facts_asked
from funding.policies.facts import Fact
from funding.policies.rules import Mode, Phase, Programme
from funding.schools.service import find_school

FREE_PLACE = "school.free_place_is_left"


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


async def gather(
    db: Queryable, published: PublishedFees, run: PricedRun, school_urn: str, teacher_id: UUID, on: date
) -> PriceInputs:
    """Everything the policy asks for, of the school, the teacher and the run."""
    asked = facts_asked(*(row.when for row in published.policy.rows))
    facts = await gather_facts(db, await find_school(db, school_urn), on, asked)
    facts |= await teacher_facts(db, teacher_id, on, asked)
    if FREE_PLACE in asked:
        facts[FREE_PLACE] = await _free_place(db, school_urn, run.course_code, teacher_id, on)
    said = await attested(db, [school_urn], [teacher_id], asked)
    return PriceInputs(
        version=published.policy.version,
        checksum=published.checksum,
        priced_on=on,
        school_urn=school_urn,
        run=run,
        facts=laid_over(facts, said, school_urn, teacher_id) | course_facts(run, on),
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
