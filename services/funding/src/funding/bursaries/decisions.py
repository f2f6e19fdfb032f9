"""Gathers what a decision is made from, decides by the policy version in force, and replays decisions."""

from datetime import date
from uuid import UUID

from funding.base import Queryable
from funding.bookings.service import PlacedBooking
from funding.bursaries.errors import NoPolicyInForce
from funding.bursaries.gathering import Application, gather
from funding.canonical import canonical
from funding.policies import service as policies
from funding.policies.milestones import Milestone
from funding.policies.rules import Decision, Inputs, decide
from funding.policies.service import Published


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
    application = Application(but_for, published, booking, applied_on)
    return (await gather(db, [application])).inputs(application)


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
