"""Quoting: the price of a run for one teacher now, kept as it was told."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.clock import ENGLAND
from chassis.ids import new_id
from chassis.principal import Principal
from funding.canonical import canonical
from funding.course_runs.service import RunFacts, find_run
from funding.fee_policies import service as fee_policies
from funding.fee_policies.rules import Outcome, price
from funding.fees.pricing import gather, quoted_run
from funding.quotes.errors import CourseRunNotFound, RunNotOpen, TeachersOnly
from funding.quotes.models import Quote
from funding.reviews import service as reviews


async def make_quote(session: AsyncSession, caller: Principal, course_run_id: UUID) -> UUID:
    """Price a run for the calling teacher by the policy in force today.

    Raises TeachersOnly, CourseRunNotFound, RunNotOpen, NoFeePolicy.
    """
    school_urn = caller.attributes.get("school_urn")
    if caller.kind != "person" or caller.id is None or not school_urn:
        raise TeachersOnly("A quote is for a teacher of a school; your account names no school.")
    run = await find_run(session, course_run_id)
    if run is None:
        raise CourseRunNotFound(course_run_id)
    now, today = clock.now(), clock.today()
    if not run.takes_bookings(today):
        raise RunNotOpen("The run has begun, or its hub takes no bookings for it here.")
    published = await fee_policies.in_force(session, today)
    priced = quoted_run(run, caller.attributes.get("phase"))
    gathered = await gather(session, published, [(school_urn, caller.id)], today)
    inputs = await gathered.inputs(session, priced, school_urn, caller.id)
    found = price(published.policy, inputs)
    quote = Quote(
        id=new_id(),
        teacher_id=caller.id,
        school_urn=school_urn,
        course_run_id=course_run_id,
        course_code=run.course_code,
        outcome=found.outcome,
        amount_pence=found.amount_pence,
        at_most_pence=found.at_most_pence,
        policy_version=published.policy.version,
        run_sequence=run.sequence,
        quoted_at=now,
        valid_until_at=_end(run, now, published.policy.quote_valid_days),
        inputs=canonical(inputs),
        result=canonical(found),
    )
    session.add(quote)
    await session.flush()
    if found.outcome is Outcome.NEEDS_REVIEW:
        questions = reviews.questions_of(found.criteria, found.reason)
        await reviews.wait(session, [reviews.Waiting(f"quote:{quote.id}", school_urn, caller.id, questions)])
    await audit.record(session, caller, "quote.made", f"quote:{quote.id}", {"outcome": quote.outcome})
    return quote.id


def _end(run: RunFacts, now: datetime, days: int) -> datetime:
    """So many days from now, and no longer than the run can be booked."""
    begins = datetime.combine(run.starts_on, time.min, ENGLAND)
    return min(now + timedelta(days=days), begins)
