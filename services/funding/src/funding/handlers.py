"""Everything funding hears. Each handler commutes with the others and may run twice."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_heads import Witness
from chassis.known_as import Merge
from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import (
    CertificateAwarded,
    CertificateRevoked,
    CertificationAuditChained,
    CertificationAuditWitnessed,
)
from contracts.funding import FundingAuditWitnessed
from contracts.hubs import (
    AreaListApproved,
    BookingCancelled,
    BookingPlaced,
    CourseRunChanged,
    CpdCompleted,
    CpdCorrected,
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
    TeacherSeparated,
)
from contracts.networks import GroupCancelled, GroupChanged, GroupFormed, ProjectCompleted
from funding.areas import service as areas
from funding.bookings import service as bookings
from funding.bursaries import earning, ending
from funding.certificates import service as certificates
from funding.course_runs import service as course_runs
from funding.fees import service as fees
from funding.group_grants import service as group_grants
from funding.impacts import service as impacts
from funding.merges import service as merges
from funding.privacy import service as privacy
from funding.privacy.registry import HOLDINGS
from funding.schools import news

subscriptions = Subscriptions("funding")
subscriptions.forget = HOLDINGS.erase_again
witness = Witness("funding", FundingAuditWitnessed)
witness.listen(subscriptions, CertificationAuditChained, HubsAuditChained, IdentityAuditChained)
witness.listen(subscriptions, CertificationAuditWitnessed, HubsAuditWitnessed, IdentityAuditWitnessed)


@subscriptions.on_many(SchoolChanged)
async def keep_school_facts(
    session: AsyncSession, events: Sequence[SchoolChanged], deliveries: Sequence[Delivery]
) -> None:
    """Keep the newest facts, and decide again what waited for them."""
    await news.hear_of_schools(session, list(zip(events, deliveries, strict=True)))


@subscriptions.on(CourseRunChanged)
async def keep_course_run(session: AsyncSession, event: CourseRunChanged, delivery: Delivery) -> None:
    """Keep the newest facts of a run, to quote by."""
    await course_runs.record_run(session, event, delivery)


@subscriptions.on(CertificateAwarded)
async def keep_certificate(session: AsyncSession, event: CertificateAwarded, delivery: Delivery) -> None:
    """Know who completed the GCSE programme: later quotes are made by it, and it earns a milestone."""
    await certificates.record_award(session, event)
    await earning.follow_milestones(session, event.teacher_id, f"certificate:{event.certificate_id}")


@subscriptions.on(CertificateRevoked)
async def keep_revocation(session: AsyncSession, event: CertificateRevoked, delivery: Delivery) -> None:
    """Later quotes are not made by a certificate that was taken back; earlier decisions keep what they were made by."""
    await certificates.record_revocation(session, event)
    await earning.follow_milestones(session, event.teacher_id, f"certificate:{event.certificate_id}")


@subscriptions.on(AreaListApproved)
async def keep_area_list(session: AsyncSession, event: AreaListApproved, delivery: Delivery) -> None:
    """Keep the part, and once the list is whole have everything decided again that waited for a person."""
    if await areas.hear_part(session, event):
        await areas.change_lists(session)
        await fees.reopen(session)
        await impacts.open_impact(session, f"area-list:{event.scheme}/{event.list_version}", true())


@subscriptions.on(BookingPlaced)
async def keep_booking(session: AsyncSession, event: BookingPlaced, delivery: Delivery) -> None:
    """Know the booking, so that its teacher can apply; and what its completion earned, if that came first."""
    await bookings.record_placed(session, [event])
    await earning.follow_milestones(session, event.teacher_id, f"booking:{event.booking_id}")


@subscriptions.on_many(BookingPlaced)
async def charge_fee(session: AsyncSession, events: Sequence[BookingPlaced], deliveries: Sequence[Delivery]) -> None:
    """Compute what is due. A handler of its own, so that bookings from before there were fees get theirs too."""
    await fees.charge(session, list(zip(events, deliveries, strict=True)))


@subscriptions.on(BookingCancelled)
async def void_fee(session: AsyncSession, event: BookingCancelled, delivery: Delivery) -> None:
    """Nothing is due for a place that was given up."""
    await fees.void(session, event)


@subscriptions.on(BookingCancelled)
async def lapse_bursary(session: AsyncSession, event: BookingCancelled, delivery: Delivery) -> None:
    """A bursary ends with its booking."""
    await bookings.record_cancelled(session, event)
    await ending.end_with_booking(session, event.booking_id)


@subscriptions.on(CpdCompleted)
async def make_bursary_claimable(session: AsyncSession, event: CpdCompleted, delivery: Delivery) -> None:
    """A bursary is earned by completing the course of its booking. Completions without a booking earn none."""
    if event.booking_id is not None:
        await bookings.record_completed(session, event, event.booking_id)
        await _follow_completion(session, event.booking_id, event.teacher_id, event.completion_id)


@subscriptions.on(CpdCorrected)
async def follow_correction(session: AsyncSession, event: CpdCorrected, delivery: Delivery) -> None:
    """A withdrawn completion earns no bursary; one that counts again does. Other hours change nothing here."""
    if event.booking_id is not None:
        await bookings.record_corrected(session, event, event.booking_id)
        await _follow_completion(session, event.booking_id, event.teacher_id, event.completion_id)


async def _follow_completion(session: AsyncSession, booking_id: UUID, teacher_id: UUID, completion_id: UUID) -> None:
    cause = f"completion:{completion_id}"
    await earning.follow_completion(session, booking_id, cause)
    await earning.follow_milestones(session, teacher_id, cause)


@subscriptions.on(GroupFormed)
async def propose_for_group(session: AsyncSession, event: GroupFormed, delivery: Delivery) -> None:
    """A group that starts has a grant proposed for its hub."""
    await group_grants.hear(session, event, delivery)


@subscriptions.on(GroupChanged)
async def adjust_for_group(session: AsyncSession, event: GroupChanged, delivery: Delivery) -> None:
    """A group of another size has another proposal, or an adjustment of its grant is asked for."""
    await group_grants.hear(session, event, delivery)


@subscriptions.on(GroupCancelled)
async def call_off_grant(session: AsyncSession, event: GroupCancelled, delivery: Delivery) -> None:
    """The proposal for a group that was called off is taken back; an award is to be ended."""
    await group_grants.hear(session, event, delivery)


@subscriptions.on(ProjectCompleted)
async def expect_completion(session: AsyncSession, event: ProjectCompleted, delivery: Delivery) -> None:
    """The grant of a group that has completed its project is ready to be completed."""
    await group_grants.hear(session, event, delivery)


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
    """Two ids are one person's from now on: nothing is rewritten, and both count together."""
    await merges.hear(session, Merge(**event.model_dump()))


@subscriptions.on(TeacherSeparated)
async def separate_people(session: AsyncSession, event: TeacherSeparated, delivery: Delivery) -> None:
    """They are not, and never were."""
    await merges.hear(session, Merge(**event.model_dump()))
