"""Everything certification hears from others. Each handler commutes with the others and with itself."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from certification.accreditations.service import record_participation
from certification.activities.queries import counting_as, find_activities
from certification.contributions.rules import reported
from certification.credits.corrections import Correction, Recount, correct, recount
from certification.credits.records import COMPLETION
from certification.credits.service import Report, record_activities
from certification.enrolments.service import enrol_on_registration
from certification.merges import service as merges
from certification.privacy import service as privacy
from certification.privacy.registry import HOLDINGS
from certification.schemes.rules import ActivityKind
from certification.schools import service as schools
from certification.teachers.service import lock_logs, register
from chassis.audit_heads import Witness
from chassis.clock import ENGLAND
from chassis.known_as import Merge, goes_by
from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import CertificationAuditWitnessed
from contracts.funding import FundingAuditChained, FundingAuditWitnessed
from contracts.hubs import (
    CommunityContributed,
    CommunityCorrected,
    CpdCompleted,
    CpdCorrected,
    HubJoined,
    HubsAuditChained,
    HubsAuditWitnessed,
    SchoolChanged,
)
from contracts.identity import (
    IdentityAuditChained,
    IdentityAuditWitnessed,
    PersonExportRequested,
    TeacherErasureRequested,
    TeacherMerged,
    TeacherRegistered,
    TeacherSeparated,
    TeacherUpdated,
)
from contracts.networks import ParticipationRecorded

subscriptions = Subscriptions("certification", settle=merges.settle)
subscriptions.forget = HOLDINGS.erase_again
witness = Witness("certification", CertificationAuditWitnessed)
witness.listen(subscriptions, FundingAuditChained, HubsAuditChained, IdentityAuditChained)
witness.listen(subscriptions, FundingAuditWitnessed, HubsAuditWitnessed, IdentityAuditWitnessed)


def _day_in_england(at: datetime) -> date:
    return at.astimezone(ENGLAND).date()


@subscriptions.on_many(TeacherRegistered)
async def open_log(session: AsyncSession, events: Sequence[TeacherRegistered], deliveries: Sequence[Delivery]) -> None:
    """Enrol in the phase's core scheme, crediting whatever was heard before, and record the registration."""
    await lock_logs(session, [event.teacher_id for event in events])
    for event in events:
        teacher = await register(session, event.teacher_id, event.phase, event.registered_at)
        await enrol_on_registration(session, teacher)
    reports = [
        Report(
            teacher_id=event.teacher_id,
            kind=ActivityKind.REGISTRATION,
            activity_key="registration",
            activity="registration",
            occurred_on=_day_in_england(event.registered_at),
            source="registration",
        )
        for event in events
    ]
    await record_activities(session, reports)


@subscriptions.on_many(HubJoined)
async def record_hub_membership(
    session: AsyncSession, events: Sequence[HubJoined], deliveries: Sequence[Delivery]
) -> None:
    """Credit joining a hub: once, however many hubs a teacher joins."""
    reports = [
        Report(
            teacher_id=event.teacher_id,
            kind=ActivityKind.HUB_MEMBERSHIP,
            activity_key="hub-membership",
            activity="hub-membership",
            occurred_on=_day_in_england(event.joined_at),
            source=f"hub:{event.hub_id}",
        )
        for event in events
    ]
    await record_activities(session, reports)


@subscriptions.on_many(CpdCompleted)
async def record_cpd(session: AsyncSession, events: Sequence[CpdCompleted], deliveries: Sequence[Delivery]) -> None:
    """Credit approved CPD by its hours: a course once, whoever reports it and however often."""
    counting = await counting_as(session, {event.activity_code for event in events})
    reports = [
        Report(
            teacher_id=event.teacher_id,
            kind=ActivityKind.CPD,
            activity_key=f"cpd:{counting[event.activity_code]}",
            activity=event.activity_code,
            occurred_on=event.completed_on,
            source=f"{COMPLETION}{event.completion_id}",
            hours=event.hours,
        )
        for event in events
    ]
    await record_activities(session, reports)


@subscriptions.on(CpdCorrected)
async def correct_cpd(session: AsyncSession, event: CpdCorrected, delivery: Delivery) -> None:
    """Follow a correction of hours or day in the ledger; the highest revision counts, whatever comes in which order."""
    # A report that was told of an id that was merged since is among those of the person who is kept.
    teacher_id = await goes_by(session, event.teacher_id)
    word = Correction(event.completion_id, event.revision, teacher_id, event.hours, event.completed_on)
    await correct(session, word)


@subscriptions.on_many(CommunityContributed)
async def record_contributions(
    session: AsyncSession, events: Sequence[CommunityContributed], deliveries: Sequence[Delivery]
) -> None:
    """Credit what was given to the community as the catalogue says, each contribution once."""
    catalogue = await find_activities(session, {event.activity_code for event in events})
    await record_activities(session, [reported(event, catalogue.get(event.activity_code)) for event in events])


@subscriptions.on(CommunityCorrected)
async def correct_contribution(session: AsyncSession, event: CommunityCorrected, delivery: Delivery) -> None:
    """Take back what a contribution earned that does not count, and give it again when it does."""
    teacher_id = await goes_by(session, event.teacher_id)
    await recount(session, Recount(event.contribution_id, event.revision, teacher_id, event.counts))


@subscriptions.on_many(SchoolChanged)
async def keep_school_names(
    session: AsyncSession, events: Sequence[SchoolChanged], deliveries: Sequence[Delivery]
) -> None:
    """Know what schools are called, for awards to them; the newest news of each counts."""
    told = zip(events, deliveries, strict=True)
    await schools.keep_names(session, [(event.urn, event.name, delivery.sequence) for event, delivery in told])


@subscriptions.on_many(TeacherRegistered)
async def keep_schools_of_teachers(
    session: AsyncSession, events: Sequence[TeacherRegistered], deliveries: Sequence[Delivery]
) -> None:
    """Know at which school a teacher is. A handler of its own, so that those registered before get theirs too."""
    told = zip(events, deliveries, strict=True)
    await schools.keep_schools_of(session, [(one.teacher_id, one.school_urn, at.sequence) for one, at in told])


@subscriptions.on_many(TeacherUpdated)
async def follow_teachers_to_schools(
    session: AsyncSession, events: Sequence[TeacherUpdated], deliveries: Sequence[Delivery]
) -> None:
    """Know where a teacher is now. Enrolments stay: they were made in the phase of the registration."""
    told = zip(events, deliveries, strict=True)
    await schools.keep_schools_of(session, [(one.teacher_id, one.school_urn, at.sequence) for one, at in told])


@subscriptions.on(PersonExportRequested)
async def tell_people(session: AsyncSession, event: PersonExportRequested, delivery: Delivery) -> None:
    """Put by what is held about somebody, for an export of everything."""
    await privacy.prepare_export(session, event)


@subscriptions.on(TeacherErasureRequested)
async def erase_people(session: AsyncSession, event: TeacherErasureRequested, delivery: Delivery) -> None:
    """Forget somebody, but for what law or purpose keeps under their number."""
    await privacy.erase(session, event)


@subscriptions.on(TeacherMerged)
async def merge_people(session: AsyncSession, event: TeacherMerged, delivery: Delivery) -> None:
    """Two logs are one person's from now on."""
    await merges.hear(session, Merge(**event.model_dump()))


@subscriptions.on(TeacherSeparated)
async def separate_people(session: AsyncSession, event: TeacherSeparated, delivery: Delivery) -> None:
    """They are not, and never were."""
    await merges.hear(session, Merge(**event.model_dump()))


@subscriptions.on(ParticipationRecorded)
async def record_accreditations(session: AsyncSession, event: ParticipationRecorded, delivery: Delivery) -> None:
    """Completing a project may accredit somebody; a correction may take that back."""
    await record_participation(session, event)
