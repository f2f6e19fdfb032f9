"""Mail that can never be delivered: recorded once, not tried again, and told to administrators once per address."""

from collections.abc import Sequence

import structlog
from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import clock
from chassis.db import settings_in
from chassis.paging import PageOf
from identity.accounts.models import Account
from identity.mail.models import Mail, RefusedAddress
from identity.mail.service import Extras, queue_mail
from identity.people.models import Role, RoleGrant
from identity.people.queries import held_on
from identity.settings import Settings

log = structlog.get_logger(__name__)

ASKED_FOR = frozenset(
    {
        "confirm_registration",
        "confirm_email_change",
        "already_registered",
        "reset_password",
        "reset_without_account",
        "email_changed",
    }
)
"""Somebody waits for these in front of a screen, or they undo harm: they are tried whatever became of earlier ones."""


async def is_refused(session: AsyncSession, message: Mail) -> bool:
    """Whether the address takes nothing; the message is then marked without asking anybody."""
    if message.template in ASKED_FOR:
        return False
    known = await session.get(RefusedAddress, message.to_key)
    if known is None:
        return False
    known.messages += 1
    _mark(message, known.refusal)
    return True


async def note_refused(session: AsyncSession, message: Mail, why: str, *, of_address: bool) -> None:
    """Mark a message, and where it is the address that takes nothing, the address; the first time somebody is told."""
    _mark(message, why)
    log.warning("mail.refused", mail_id=str(message.id), template=message.template, error=why)
    if not of_address:
        return
    row = {"to_key": message.to_key, "refusal": message.refusal, "refused_at": clock.now(), "messages": 1}
    marked = insert(RefusedAddress).values(row).on_conflict_do_nothing().returning(RefusedAddress.to_key)
    if await session.scalar(marked) is not None:
        await _tell_administrators(session, message)


def _mark(message: Mail, why: str) -> None:
    """What was in it goes: it may hold a secret."""
    message.refused_at, message.refusal = clock.now(), why[:80]
    message.body, message.calendar_parts, message.unsubscribe_url = "", None, None


async def note_arrived(session: AsyncSession, message: Mail) -> None:
    """An address that took a message is taken off the list."""
    if message.template in ASKED_FOR:
        await session.execute(delete(RefusedAddress).where(RefusedAddress.to_key == message.to_key))


async def _tell_administrators(session: AsyncSession, message: Mail) -> None:
    """One notice, where it is somebody's account: addresses that nobody has confirmed are often mistyped."""
    person_id = await session.scalar(select(Account.person_id).where(Account.email_key == message.to_key))
    settings = settings_in(session)
    if person_id is None or not isinstance(settings, Settings):
        return
    query = select(Account.person_id, Account.email, Account.email_key).join(
        RoleGrant, RoleGrant.person_id == Account.person_id
    )
    held = (RoleGrant.role == Role.ADMINISTRATOR.value, held_on(clock.today()), Account.person_id != person_id)
    for administrator in (await session.execute(query.where(*held).distinct())).all():
        await queue_mail(
            session,
            occasion=f"mail_refused:{message.id}:{administrator.person_id}",
            to_address=administrator.email,
            to_key=administrator.email_key,
            template="mail_refused",
            extras=Extras(administrator.person_id),
            public_url=str(settings.public_url),
            person_id=person_id,
            why=message.refusal,
        )


async def list_refusals(reader: AsyncConnection, page: PageOf) -> Sequence[Row[tuple[object, ...]]]:
    """One page of addresses that take nothing, the latest first, with one row more when there are more."""
    table, account = RefusedAddress.__table__, Account.__table__
    joined = table.outerjoin(account, account.c.email_key == table.c.to_key)
    query = select(table, account.c.person_id).select_from(joined)
    if (after := page.after_as(str)) is not None:
        query = query.where(table.c.to_key > after[0])
    return (await reader.execute(query.order_by(table.c.to_key).limit(page.limit + 1))).all()
