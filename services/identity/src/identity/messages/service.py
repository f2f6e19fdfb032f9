"""From a request to a message: who it is for, whether they want it, and once per occasion whatever comes how often."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.calendars import Party
from chassis.db import settings_in
from chassis.known_as import goes_by
from chassis.principal import Principal
from contracts.messages import MessageRequested
from identity.accounts.models import Account
from identity.mail.models import Mail
from identity.mail.service import Extras, queue_mail
from identity.messages.errors import UnsubscriptionNotFound
from identity.messages.models import UnwantedMail, WaitingMessage
from identity.messages.rules import KEPT_FOR, OPTIONAL, calendar_parts, values_of
from identity.people.errors import PersonNotFound
from identity.people.models import Person
from identity.settings import Settings

TOKEN_BYTES = 32
UNSUBSCRIPTIONS = "v1/unsubscriptions/"

Addressee = Row[UUID, str, str, str, str]


async def receive_message(session: AsyncSession, event: MessageRequested, asked_at: datetime) -> None:
    """Queue the message, or keep it for when its addressee has an account; one of no more use is dropped."""
    if event.useless_from_at <= clock.now():
        return
    to = await addressee(session, event.person_id)
    if to is None:
        await _one_at_a_time(session, event.person_id)
        to = await addressee(session, event.person_id)
    if to is None:
        await _keep(session, event)
    elif event.kind not in await unwanted_of(session, to.person_id):
        await _queue(session, event, to, asked_at)


async def addressee(session: AsyncSession, person_id: UUID) -> Addressee | None:
    """Where somebody can be reached, whichever of their ids is named; None without an account."""
    person_id = await goes_by(session, person_id)
    found = select(Account.person_id, Account.email, Account.email_key, Person.given_name, Person.family_name)
    query = found.join(Person, Person.id == Account.person_id).where(Account.person_id == person_id)
    return (await session.execute(query)).one_or_none()


async def _one_at_a_time(session: AsyncSession, person_id: UUID) -> None:
    """Until this transaction ends, nobody else keeps messages for somebody without an account, or takes them out."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(person_id), 1))))


async def _keep(session: AsyncSession, event: MessageRequested) -> None:
    now = clock.now()
    await session.execute(delete(WaitingMessage).where(WaitingMessage.drop_at <= now))
    kept = insert(WaitingMessage).values(
        occasion=event.occasion,
        person_id=event.person_id,
        request=event.model_dump(mode="json"),
        drop_at=min(event.useless_from_at, now + KEPT_FOR),
    )
    await session.execute(kept.on_conflict_do_nothing())


async def send_kept_messages(session: AsyncSession, person_id: UUID) -> None:
    """Queue what was asked for somebody before they had the account that they have now."""
    await _one_at_a_time(session, person_id)
    taken = delete(WaitingMessage).where(WaitingMessage.person_id == person_id).returning(WaitingMessage.request)
    for request in (await session.scalars(taken)).all():
        await receive_message(session, MessageRequested.model_validate(request), clock.now())


async def _queue(session: AsyncSession, event: MessageRequested, to: Addressee, asked_at: datetime) -> None:
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    public_url = str(settings.public_url)
    guest = Party(f"{to.given_name} {to.family_name}", to.email)
    extras = Extras(to.person_id, calendar_parts(event, asked_at, settings.mail_from, guest))
    if event.kind in OPTIONAL:
        extras = unsubscribable(extras, public_url)
    await queue_mail(
        session,
        occasion=f"message:{event.occasion}",
        to_address=to.email,
        to_key=to.email_key,
        template=event.kind,
        extras=extras,
        **values_of(event, to.given_name, public_url),
    )


def unsubscribable(extras: Extras, public_url: str) -> Extras:
    """The same with a link of its own by which mail of the kind is stopped."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    url = f"{public_url}{UNSUBSCRIPTIONS}{token}"
    return replace(extras, unsubscribe_url=url, unsubscribe_hash=digest(token))


def digest(token: str) -> bytes:
    """What is stored of a token. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


async def unwanted_of(connection: AsyncConnection | AsyncSession, person_id: UUID | None) -> list[str]:
    """The kinds that somebody does not want, by name."""
    query = select(UnwantedMail.kind).where(UnwantedMail.person_id == person_id).order_by(UnwantedMail.kind)
    return list((await connection.execute(query)).scalars())


async def want_all_but(session: AsyncSession, caller: Principal, kinds: Iterable[str]) -> list[str]:
    """Let the caller be sent everything but these kinds. PersonNotFound when they are gone."""
    unwanted = sorted(set(kinds))
    person_id = await session.scalar(select(Person.id).where(Person.id == caller.id).with_for_update())
    if person_id is None:
        raise PersonNotFound("Your account is no longer there.")
    if await unwanted_of(session, person_id) != unwanted:
        wanted = delete(UnwantedMail).where(UnwantedMail.person_id == person_id, UnwantedMail.kind.not_in(unwanted))
        await session.execute(wanted)
        for kind in unwanted:
            await _refuse(session, person_id, kind)
        await audit.record(session, caller, "mail.preferences_set", f"person:{person_id}", {"unwanted": unwanted})
    return unwanted


async def _refuse(session: AsyncSession, person_id: UUID, kind: str) -> bool:
    row = insert(UnwantedMail).values(person_id=person_id, kind=kind, since_at=clock.now())
    return (await session.execute(row.on_conflict_do_nothing().returning(UnwantedMail.kind))).first() is not None


async def unsubscribe(session: AsyncSession, caller: Principal, token: str) -> str:
    """Send no more mail of the kind that came with this token; the kind. A repeat changes nothing."""
    kind, person_id = await mail_of(session, token)
    if await _refuse(session, person_id, kind):
        await audit.record(session, caller, "mail.unsubscribed", f"person:{person_id}", {"kind": kind})
    return kind


async def mail_of(connection: AsyncConnection | AsyncSession, token: str) -> tuple[str, UUID]:
    """The kind and the addressee of the mail that came with a token; UnsubscriptionNotFound."""
    query = select(Mail.template, Mail.person_id).where(Mail.unsubscribe_hash == digest(token))
    row = (await connection.execute(query)).one_or_none()
    if row is None or row.person_id is None:
        raise UnsubscriptionNotFound("This link came with no mail of ours.")
    return row.template, row.person_id
