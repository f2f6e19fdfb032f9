"""Everything identity hears from others."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery, Subscriptions
from contracts.certification import AssessmentOpened, LogEntryDecided
from contracts.funding import RemittanceIssued
from contracts.hubs import MessageRequested
from identity.messages.assessments import tell_of_assessment
from identity.messages.log_entries import tell_of_log_entry
from identity.messages.remittances import tell_of_remittance
from identity.messages.service import receive_message

subscriptions = Subscriptions("identity")


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
