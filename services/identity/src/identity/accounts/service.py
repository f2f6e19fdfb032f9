"""Registering and confirming.

An account exists only from confirmation on. Until then there may be several registrations for one address, each with
what was entered and a token of its own; the first to be confirmed becomes the account and the others go.
"""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.outbox import publish
from chassis.principal import Principal
from contracts.identity import TeacherRegistered
from identity.accounts import rules, schemas
from identity.accounts.errors import ConfirmationLinkNotValid
from identity.accounts.models import Account, Registration
from identity.accounts.passwords import Passwords
from identity.mail.service import ask_for_letter, count_queued_since
from identity.messages.service import send_kept_messages
from identity.people.models import Employment, Person

TOKEN_BYTES = 32


async def register(session: AsyncSession, passwords: Passwords, caller: Principal, body: schemas.Registration) -> None:
    """Note the registration and ask for the letter about it.

    Whether the address has an account is asked when the letter is written (`accounts.letters`): here the same is done
    for every address, so that neither the answer nor its time tells them apart.
    """
    password_hash = await passwords.hash(body.password)
    key = rules.email_key(body.email)
    await one_at_a_time(session, key)
    if await count_queued_since(session, key, clock.now() - rules.MAILS_PERIOD) >= rules.MAILS_PER_ADDRESS:
        return
    registration = _note(body, key, password_hash)
    session.add(registration)
    occasion = f"registration:{registration.id}"
    ask_for_letter(session, occasion=occasion, to_address=body.email, to_key=key, template=rules.REGISTRATION_ASKED)
    await audit.record(session, caller, "registration.received", occasion)


async def one_at_a_time(session: AsyncSession, email_key: str) -> None:
    """Until this transaction ends, nobody else registers or confirms the address."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(email_key, 0))))


def _note(body: schemas.Registration, key: str, password_hash: str) -> Registration:
    created_at = clock.now()
    return Registration(
        id=new_id(),
        token_hash=token_digest(secrets.token_urlsafe(TOKEN_BYTES)),  # nobody's, until the letter brings one
        email=body.email,
        email_key=key,
        password_hash=password_hash,
        given_name=body.given_name,
        family_name=body.family_name,
        school_urn=body.school_urn,
        phase=body.phase.value,
        created_at=created_at,
        expires_at=created_at + rules.CONFIRMATION_LIFETIME,
    )


def token_digest(token: str) -> bytes:
    """What is stored of a token. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


async def confirm(session: AsyncSession, caller: Principal, token: str) -> None:
    """Make the account that the token's registration asks for, and announce the teacher. Works once."""
    digest = token_digest(token)
    key = await session.scalar(select(Registration.email_key).where(Registration.token_hash == digest))
    if key is None:
        raise ConfirmationLinkNotValid
    await one_at_a_time(session, key)
    # Only now is it certain that no other confirmation of this address is under way.
    registration = await session.scalar(select(Registration).where(Registration.token_hash == digest))
    if registration is None or registration.expires_at <= clock.now():
        raise ConfirmationLinkNotValid
    teacher = await _open_account(session, registration)
    await session.execute(delete(Registration).where(Registration.email_key == key))
    await audit.record(session, caller, "teacher.registered", f"person:{teacher.teacher_id}")
    await publish(session, teacher)


async def _open_account(session: AsyncSession, registration: Registration) -> TeacherRegistered:
    registered_at = clock.now()
    person = _person(registration, registered_at)
    session.add(person)
    await session.flush()
    session.add_all(
        [
            Account(
                person_id=person.id,
                email=registration.email,
                email_key=registration.email_key,
                password_hash=registration.password_hash,
                created_at=registered_at,
            ),
            Employment(person_id=person.id, school_urn=registration.school_urn, from_on=clock.today()),
        ]
    )
    await session.flush()
    await send_kept_messages(session, person.id)
    return TeacherRegistered.model_validate(
        {
            "teacher_id": person.id,
            "school_urn": registration.school_urn,
            "phase": registration.phase,
            "registered_at": registered_at,
        }
    )


def _person(registration: Registration, registered_at: datetime) -> Person:
    return Person(
        id=new_id(),
        given_name=registration.given_name,
        family_name=registration.family_name,
        phase=registration.phase,
        registered_at=registered_at,
    )
