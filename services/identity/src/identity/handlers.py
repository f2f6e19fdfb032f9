"""Everything identity hears, from others and from itself."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.audit_heads import Witness
from chassis.db import settings_in
from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import (
    AssessmentOpened,
    CertificationAuditChained,
    CertificationAuditWitnessed,
    CertificationErasureCompleted,
    CertificationExportPrepared,
    CertificationRecordsViewed,
    CharteredStatusDecided,
    LogEntryDecided,
)
from contracts.funding import (
    FundingAuditChained,
    FundingAuditWitnessed,
    FundingErasureCompleted,
    FundingExportPrepared,
    FundingRecordsViewed,
    GrantAwarded,
    RemittanceIssued,
)
from contracts.hubs import (
    CourseRunChanged,
    CoverageChanged,
    CpdCompleted,
    CpdCorrected,
    HubChanged,
    HubsAuditChained,
    HubsAuditWitnessed,
    HubsErasureCompleted,
    HubsExportPrepared,
    HubsRecordsViewed,
    SchoolChanged,
)
from contracts.identity import ApiKeyChanged, IdentityAuditWitnessed, OauthClientChanged
from contracts.messages import MessageRequested
from contracts.networks import ReportDecided, ReportReminded, SpaceDigestPrepared
from identity.erasures import service as erasures
from identity.erasures.own import erase_again
from identity.messages.assessments import tell_of_assessment
from identity.messages.disputes import warn_auditors
from identity.messages.log_entries import tell_of_log_entry
from identity.messages.remittances import tell_of_remittance
from identity.messages.reports import tell_of_decided_report, tell_of_due_report
from identity.messages.service import receive_message
from identity.messages.spaces import tell_of_space
from identity.partner_views.service import tell_partners
from identity.person_exports.service import note_part
from identity.settings import Settings
from identity.teachers.service import note_views

subscriptions = Subscriptions("identity")
subscriptions.forget = erase_again
witness = Witness("identity", IdentityAuditWitnessed, warn_auditors)
witness.listen(subscriptions, CertificationAuditChained, FundingAuditChained, HubsAuditChained)
witness.listen(subscriptions, CertificationAuditWitnessed, FundingAuditWitnessed, HubsAuditWitnessed)


@subscriptions.on(MessageRequested)
async def send_requested_messages(session: AsyncSession, event: MessageRequested, delivery: Delivery) -> None:
    """Mail what another service asks to be told to somebody: only identity knows where people can be reached."""
    await receive_message(session, event, delivery.occurred_at)


@subscriptions.on(LogEntryDecided)
async def tell_of_decided_log_entries(session: AsyncSession, event: LogEntryDecided, delivery: Delivery) -> None:
    """Mail a teacher what became of an entry in the log, once for each decision."""
    await tell_of_log_entry(session, event)


@subscriptions.on(AssessmentOpened)
async def mail_opened_assessments(session: AsyncSession, event: AssessmentOpened, delivery: Delivery) -> None:
    """Tell a teacher that they may sit an assessment."""
    await tell_of_assessment(session, event)


@subscriptions.on(RemittanceIssued)
async def mail_remittances(session: AsyncSession, event: RemittanceIssued, delivery: Delivery) -> None:
    """Tell a payee's people that a payment is on its way, once for each payment."""
    await tell_of_remittance(session, event)


@subscriptions.on(ReportReminded)
async def mail_due_reports(session: AsyncSession, event: ReportReminded, delivery: Delivery) -> None:
    """Remind somebody of a report on a group, once for each reminder."""
    await tell_of_due_report(session, event)


@subscriptions.on(SpaceDigestPrepared)
async def mail_space_digests(session: AsyncSession, event: SpaceDigestPrepared, delivery: Delivery) -> None:
    """Tell somebody what is new in a group's space, unless they want no mail of the kind."""
    await tell_of_space(session, event)


@subscriptions.on(ReportDecided)
async def mail_decided_reports(session: AsyncSession, event: ReportDecided, delivery: Delivery) -> None:
    """Tell somebody what became of a report that they handed in."""
    await tell_of_decided_report(session, event)


# What partners may know. Each event has a handler of its own, since the broker keeps a place for each.


@subscriptions.on_many(HubChanged)
async def tell_partners_of_hubs(
    session: AsyncSession, events: Sequence[HubChanged], deliveries: Sequence[Delivery]
) -> None:
    """Hubs are for everybody."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(CourseRunChanged)
async def tell_partners_of_course_runs(
    session: AsyncSession, events: Sequence[CourseRunChanged], deliveries: Sequence[Delivery]
) -> None:
    """Course runs are for everybody, from when they are no drafts."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(SchoolChanged)
async def tell_partners_of_schools(
    session: AsyncSession, events: Sequence[SchoolChanged], deliveries: Sequence[Delivery]
) -> None:
    """Schools are for everybody."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(CoverageChanged)
async def tell_partners_of_coverage(
    session: AsyncSession, events: Sequence[CoverageChanged], deliveries: Sequence[Delivery]
) -> None:
    """Who covers a district is for everybody."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(CpdCompleted)
async def tell_partners_of_completions(
    session: AsyncSession, events: Sequence[CpdCompleted], deliveries: Sequence[Delivery]
) -> None:
    """A completion is for the partner that reported it."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(CpdCorrected)
async def tell_partners_of_corrections(
    session: AsyncSession, events: Sequence[CpdCorrected], deliveries: Sequence[Delivery]
) -> None:
    """So is what became of it."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(CharteredStatusDecided)
async def tell_partners_of_chartered_status(
    session: AsyncSession, events: Sequence[CharteredStatusDecided], deliveries: Sequence[Delivery]
) -> None:
    """A decision is for the organisation that told it."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(GrantAwarded)
async def tell_partners_of_grants(
    session: AsyncSession, events: Sequence[GrantAwarded], deliveries: Sequence[Delivery]
) -> None:
    """A grant is for the organisation that receives it."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(ApiKeyChanged)
async def tell_partners_of_api_keys(
    session: AsyncSession, events: Sequence[ApiKeyChanged], deliveries: Sequence[Delivery]
) -> None:
    """A key is for its organisation: whoever watches over it sees one made or revoked that nobody expected."""
    await tell_partners(session, events, deliveries)


@subscriptions.on_many(OauthClientChanged)
async def tell_partners_of_oauth_clients(
    session: AsyncSession, events: Sequence[OauthClientChanged], deliveries: Sequence[Delivery]
) -> None:
    """So is an OAuth client."""
    await tell_partners(session, events, deliveries)


@subscriptions.on(HubsErasureCompleted)
async def note_erasure_by_hubs(session: AsyncSession, event: HubsErasureCompleted, delivery: Delivery) -> None:
    """Note that hubs has forgotten somebody."""
    await erasures.note_done(session, "hubs", event)


@subscriptions.on(CertificationErasureCompleted)
async def note_erasure_by_certification(
    session: AsyncSession, event: CertificationErasureCompleted, delivery: Delivery
) -> None:
    """Note that certification has forgotten somebody."""
    await erasures.note_done(session, "certification", event)


@subscriptions.on(FundingErasureCompleted)
async def note_erasure_by_funding(session: AsyncSession, event: FundingErasureCompleted, delivery: Delivery) -> None:
    """Note that funding has forgotten somebody."""
    await erasures.note_done(session, "funding", event)


@subscriptions.on(HubsRecordsViewed)
async def note_views_at_hubs(session: AsyncSession, event: HubsRecordsViewed, delivery: Delivery) -> None:
    """Keep who saw whose data at hubs."""
    await note_views(session, event)


@subscriptions.on(HubsExportPrepared)
async def note_export_by_hubs(session: AsyncSession, event: HubsExportPrepared, delivery: Delivery) -> None:
    """Note that hubs has made its part of an export."""
    await note_part(session, _own(session), "hubs", event)


@subscriptions.on(CertificationRecordsViewed)
async def note_views_at_certification(
    session: AsyncSession, event: CertificationRecordsViewed, delivery: Delivery
) -> None:
    """Keep who saw whose data at certification."""
    await note_views(session, event)


@subscriptions.on(CertificationExportPrepared)
async def note_export_by_certification(
    session: AsyncSession, event: CertificationExportPrepared, delivery: Delivery
) -> None:
    """Note that certification has made its part of an export."""
    await note_part(session, _own(session), "certification", event)


@subscriptions.on(FundingRecordsViewed)
async def note_views_at_funding(session: AsyncSession, event: FundingRecordsViewed, delivery: Delivery) -> None:
    """Keep who saw whose data at funding."""
    await note_views(session, event)


@subscriptions.on(FundingExportPrepared)
async def note_export_by_funding(session: AsyncSession, event: FundingExportPrepared, delivery: Delivery) -> None:
    """Note that funding has made its part of an export."""
    await note_part(session, _own(session), "funding", event)


def _own(session: AsyncSession) -> Settings:
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    return settings
