"""Everything certification hears from others. Each handler commutes with the others and with itself."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from certification.activities.queries import counts_as
from certification.credits.service import Report, record_activity
from certification.enrolments.service import enrol_on_registration
from certification.schemes.rules import ActivityKind
from certification.teachers.service import register
from chassis.clock import ENGLAND
from chassis.subscriptions import Delivery, Subscriptions
from contracts.hubs import CpdCompleted, HubJoined
from contracts.identity import TeacherRegistered

subscriptions = Subscriptions("certification")


def _day_in_england(at: datetime) -> date:
    return at.astimezone(ENGLAND).date()


@subscriptions.on(TeacherRegistered)
async def open_log(session: AsyncSession, event: TeacherRegistered, delivery: Delivery) -> None:
    """Enrol in the phase's core scheme, crediting whatever was heard before, and record the registration."""
    teacher = await register(session, event.teacher_id, event.phase, event.registered_at)
    await enrol_on_registration(session, teacher)
    report = Report(
        teacher_id=event.teacher_id,
        kind=ActivityKind.REGISTRATION,
        activity_key="registration",
        activity="registration",
        occurred_on=_day_in_england(event.registered_at),
        source="registration",
    )
    await record_activity(session, report)


@subscriptions.on(HubJoined)
async def record_hub_membership(session: AsyncSession, event: HubJoined, delivery: Delivery) -> None:
    """Credit joining a hub: once, however many hubs a teacher joins."""
    report = Report(
        teacher_id=event.teacher_id,
        kind=ActivityKind.HUB_MEMBERSHIP,
        activity_key="hub-membership",
        activity="hub-membership",
        occurred_on=_day_in_england(event.joined_at),
        source=f"hub:{event.hub_id}",
    )
    await record_activity(session, report)


@subscriptions.on(CpdCompleted)
async def record_cpd(session: AsyncSession, event: CpdCompleted, delivery: Delivery) -> None:
    """Credit approved CPD by its hours: a course once, whoever reports it and however often."""
    report = Report(
        teacher_id=event.teacher_id,
        kind=ActivityKind.CPD,
        activity_key=f"cpd:{await counts_as(session, event.activity_code)}",
        activity=event.activity_code,
        occurred_on=event.completed_on,
        source=f"completion:{event.completion_id}",
        hours=event.hours,
    )
    await record_activity(session, report)
