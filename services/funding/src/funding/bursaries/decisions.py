"""Gathers what a decision is made from, decides by the policy version in force, and replays decisions."""

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import func, select

from funding.base import Queryable
from funding.bookings.service import PlacedBooking
from funding.bursaries.errors import NoPolicyInForce
from funding.bursaries.models import LIVE, Bursary
from funding.canonical import canonical
from funding.certificates.service import teacher_facts
from funding.eligibility.facts import gather_facts
from funding.policies import service as policies
from funding.policies.conditions import facts_asked
from funding.policies.milestones import Milestone
from funding.policies.rules import Course, Decision, Inputs, Mode, Phase, Programme, decide, quota_key
from funding.policies.service import Published
from funding.schools.service import find_school


async def policy_for(db: Queryable, booking: PlacedBooking, applied_on: date) -> Published:
    """The policy version in force on the day of application, or NoPolicyInForce.

    The day of application counts, not that of the course: a school books and releases a teacher on the terms it can
    read, and a version published afterwards does not reach back.
    """
    found = await policies.in_force(db, booking.phase, booking.programme, booking.mode, applied_on)
    if found is None:
        raise NoPolicyInForce(f"No policy is in force on {applied_on} for a course of this phase and mode.")
    return found


async def gather_inputs(
    db: Queryable, published: Published, booking: PlacedBooking, applied_on: date, but_for: UUID | None = None
) -> Inputs:
    """Everything the policy needs, as it is held now. An application's own hold on a quota is not against it."""
    course = course_of(booking)
    policy = published.policy
    taken = {
        row.row: await _is_taken(db, key, row.quota.at_most, but_for)
        for row in policy.rows
        if row.quota is not None
        and (key := quota_key(policy.policy, row, booking.school_urn, course, booking.teacher_id)) is not None
    }
    asked = facts_asked(policy.entry, *(row.when for row in policy.rows))
    facts = await gather_facts(db, await find_school(db, booking.school_urn), applied_on, asked)
    return Inputs(
        policy=policy.policy,
        version=policy.version,
        checksum=published.checksum,
        applied_on=applied_on,
        school_urn=booking.school_urn,
        teacher_id=booking.teacher_id,
        course=course,
        facts=facts | await teacher_facts(db, booking.teacher_id, applied_on, asked),
        quotas_taken=taken,
    )


def course_of(booking: PlacedBooking) -> Course:
    """The booked course as a policy sees it."""
    return Course(
        course_code=booking.course_code,
        phase=cast(Phase, booking.phase),
        programme=cast(Programme, booking.programme),
        mode=cast(Mode, booking.mode),
        days=booking.days,
        starts_on=booking.starts_on,
    )


async def _is_taken(db: Queryable, key: str, at_most: int, but_for: UUID | None) -> bool:
    held = select(func.count()).select_from(Bursary).where(Bursary.quota_key == key, Bursary.status.in_(LIVE))
    if but_for is not None:
        held = held.where(func.coalesce(Bursary.group_id, Bursary.id) != but_for)
    return (await db.execute(held)).scalar_one() >= at_most


async def replay(db: Queryable, recorded_inputs: str) -> str:
    """Make a recorded decision again from its stored inputs; the text is the recorded one, byte for byte."""
    inputs = Inputs.model_validate_json(recorded_inputs)
    published = await policies.find_version(db, inputs.policy, inputs.version)
    return canonical(again(published, inputs))


def again(published: Published, inputs: Inputs) -> Decision:
    """The decision of exactly the version that the inputs name; ValueError when its text is not the one they saw."""
    if published.checksum != inputs.checksum:
        raise ValueError(f"{inputs.policy} version {inputs.version} is not the text this was decided by")
    return decide(published.policy, inputs)


def milestone_of(recorded: str) -> Milestone:
    """The one part that a recorded decision granted."""
    [part] = Decision.model_validate_json(recorded).milestones
    return part
