"""Telling people what became of their factors: whoever changes them may not be who they say."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.ids import new_id
from chassis.principal import Principal
from identity.mail.service import queue_mail
from identity.messages.service import addressee
from identity.settings import Settings


async def tell(session: AsyncSession, settings: Settings, caller: Principal, person_id: UUID, what: str) -> None:
    """Note a change in the audit trail and mail it to the person. `what` is a name of the mail's template."""
    await audit.record(session, caller, f"second_factor.{what}", f"person:{person_id}")
    to = await addressee(session, person_id)
    if to is None:
        return
    await queue_mail(
        session,
        occasion=f"second-factor:{new_id()}",
        to_address=to.email,
        to_key=to.email_key,
        template="second_factor_changed",
        what=what,
        public_url=str(settings.public_url),
    )


async def tell_of_used_recovery_code(
    session: AsyncSession, settings: Settings, caller: Principal, person_id: UUID
) -> None:
    """A recovery code is used by somebody who lost the rest, or by somebody who found the paper."""
    await tell(session, settings, caller, person_id, "recovery_code_used")
