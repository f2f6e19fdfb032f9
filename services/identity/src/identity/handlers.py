"""Everything identity hears from others."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.subscriptions import Delivery, Subscriptions
from contracts.hubs import MessageRequested
from identity.messages.service import receive_message

subscriptions = Subscriptions("identity")


@subscriptions.on(MessageRequested)
async def send_requested_messages(session: AsyncSession, event: MessageRequested, delivery: Delivery) -> None:
    """Mail what another service asks to be told to somebody: only identity knows where people can be reached."""
    await receive_message(session, event, delivery.occurred_at)
