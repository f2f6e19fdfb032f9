"""Everything hubs hears from others."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_chain import witness
from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import CertificationAuditChained
from contracts.funding import FundingAuditChained
from contracts.identity import IdentityAuditChained, TeacherErasureRequested, TeacherRegistered, TeacherUpdated
from hubs.matches.service import link_claimed_learners
from hubs.privacy import service as privacy
from hubs.teachers.service import remember_teacher

subscriptions = Subscriptions("hubs")
witness(subscriptions, CertificationAuditChained, FundingAuditChained, IdentityAuditChained)


@subscriptions.on(TeacherRegistered)
async def remember_teachers(session: AsyncSession, event: TeacherRegistered, delivery: Delivery) -> None:
    """Keep who is a teacher, and record the completions that partners reported for them too early."""
    await remember_teacher(session, event, delivery.sequence)
    await link_claimed_learners(session, event.teacher_id)


@subscriptions.on(TeacherUpdated)
async def follow_teachers(session: AsyncSession, event: TeacherUpdated, delivery: Delivery) -> None:
    """Keep where a teacher is now; bookings made before keep the school that they were made for."""
    await remember_teacher(session, event, delivery.sequence)
    await link_claimed_learners(session, event.teacher_id)


@subscriptions.on(TeacherErasureRequested)
async def erase_people(session: AsyncSession, event: TeacherErasureRequested, delivery: Delivery) -> None:
    """Forget somebody, but for what law or purpose keeps under their number."""
    await privacy.erase(session, event)
