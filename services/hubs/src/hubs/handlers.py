"""Everything hubs hears from others."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_heads import Witness
from chassis.known_as import Merge
from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import CertificationAuditChained, CertificationAuditWitnessed
from contracts.funding import FundingAuditChained, FundingAuditWitnessed, GroupGrantChanged
from contracts.hubs import HubChanged, HubsAuditWitnessed
from contracts.identity import (
    IdentityAuditChained,
    IdentityAuditWitnessed,
    PersonExportRequested,
    SandboxResetRequested,
    TeacherErasureRequested,
    TeacherMerged,
    TeacherRegistered,
    TeacherSeparated,
    TeacherUpdated,
)
from contracts.networks import GroupCancelled, GroupChanged, GroupFormed, ProjectCompleted
from hubs.alliances.service import follow_hub
from hubs.group_money import service as group_money
from hubs.matches.service import link_claimed_learners
from hubs.merges import service as merges
from hubs.privacy import service as privacy
from hubs.privacy.registry import HOLDINGS
from hubs.project_reports.opening import follow_group
from hubs.sandbox import service as sandbox
from hubs.teachers.service import remember_teacher

subscriptions = Subscriptions("hubs", settle=merges.settle)
subscriptions.forget = HOLDINGS.erase_again
witness = Witness("hubs", HubsAuditWitnessed)
witness.listen(subscriptions, CertificationAuditChained, FundingAuditChained, IdentityAuditChained)
witness.listen(subscriptions, CertificationAuditWitnessed, FundingAuditWitnessed, IdentityAuditWitnessed)


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


@subscriptions.on(PersonExportRequested)
async def tell_people(session: AsyncSession, event: PersonExportRequested, delivery: Delivery) -> None:
    """Put by what is held about somebody, for an export of everything."""
    await privacy.prepare_export(session, event)


@subscriptions.on(TeacherErasureRequested)
async def erase_people(session: AsyncSession, event: TeacherErasureRequested, delivery: Delivery) -> None:
    """Forget somebody, but for what law or purpose keeps under their number."""
    await privacy.erase(session, event)


@subscriptions.on(SandboxResetRequested)
async def reset_partners(session: AsyncSession, event: SandboxResetRequested, delivery: Delivery) -> None:
    """In a sandbox: let an organisation begin again."""
    await sandbox.reset(session, event)


@subscriptions.on(TeacherMerged)
async def merge_people(session: AsyncSession, event: TeacherMerged, delivery: Delivery) -> None:
    """Two ids are one person's from now on."""
    await merges.hear(session, Merge(**event.model_dump()))


@subscriptions.on(TeacherSeparated)
async def separate_people(session: AsyncSession, event: TeacherSeparated, delivery: Delivery) -> None:
    """They are not, and never were."""
    await merges.hear(session, Merge(**event.model_dump()))


# What a group owes follows from the group as it is now, so that it does not matter which of its news comes first.


@subscriptions.on(GroupFormed)
async def open_reports_of_new_groups(session: AsyncSession, event: GroupFormed, delivery: Delivery) -> None:
    """A group that starts owes what is due on a day."""
    await follow_group(session, event.group_id)


@subscriptions.on(GroupChanged)
async def follow_reports_of_groups(session: AsyncSession, event: GroupChanged, delivery: Delivery) -> None:
    """Schools and people that join owe a report, those that leave owe none."""
    await follow_group(session, event.group_id)


@subscriptions.on(ProjectCompleted)
async def open_reports_of_completed_groups(session: AsyncSession, event: ProjectCompleted, delivery: Delivery) -> None:
    """A completed group owes what is due after it."""
    await follow_group(session, event.group_id)


@subscriptions.on(GroupCancelled)
async def end_reports_of_cancelled_groups(session: AsyncSession, event: GroupCancelled, delivery: Delivery) -> None:
    """Nobody reports on a group that was called off."""
    await follow_group(session, event.group_id)


@subscriptions.on(GroupGrantChanged)
async def keep_money_of_groups(session: AsyncSession, event: GroupGrantChanged, delivery: Delivery) -> None:
    """Keep what funding tells of a group's money, for dashboards."""
    await group_money.hear(session, event, delivery)


@subscriptions.on(HubChanged)
async def follow_hubs_of_alliances(session: AsyncSession, event: HubChanged, delivery: Delivery) -> None:
    """An alliance whose hub is designated is one, and its schools belong to it; with the hub it ends."""
    await follow_hub(session, event)
