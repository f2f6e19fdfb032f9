"""Inviting people by mail: whoever reads the mail takes up the role, with the account they have or a new one."""

import secrets
from contextlib import suppress
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.calendars import one_line
from chassis.ids import new_id
from chassis.principal import Principal
from identity.accounts.models import Account
from identity.accounts.passwords import Passwords
from identity.accounts.rules import email_key
from identity.accounts.service import TOKEN_BYTES, token_digest
from identity.mail.service import queue_mail
from identity.memberships import queries, rules
from identity.memberships.errors import (
    AccountDetailsMissing,
    InvitationNotFound,
    InvitationNotValid,
    RoleHeldAlready,
)
from identity.memberships.models import Invitation
from identity.memberships.schemas import Acceptance, Accepted, NewInvitation
from identity.memberships.service import give, require_grantable
from identity.messages.service import send_kept_messages
from identity.organisations.models import Organisation
from identity.people.models import Person, Role
from identity.people.queries import roles_held
from identity.settings import Settings


async def invite(session: AsyncSession, settings: Settings, caller: Principal, wanted: NewInvitation) -> Invitation:
    """Offer a role by mail. The answer is the same whether or not the address has an account."""
    assert caller.id is not None
    require_grantable(caller, wanted.role, wanted.organisation_id)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    invitation = Invitation(
        id=new_id(),
        token_hash=token_digest(token),
        organisation_id=wanted.organisation_id,
        role=wanted.role.value,
        until_on=wanted.until_on,
        email=wanted.email,
        email_key=email_key(wanted.email),
        invited_by=caller.id,
        invited_at=now,
        expires_at=now + rules.INVITATION_LIFETIME,
    )
    session.add(invitation)
    await session.flush()
    name = await session.scalar(select(Organisation.name).where(Organisation.id == wanted.organisation_id))
    await queue_mail(
        session,
        occasion=f"invitation:{invitation.id}",
        to_address=wanted.email,
        to_key=invitation.email_key,
        template="invitation",
        organisation=one_line(name) if name else None,
        role=wanted.role.value.replace("_", " "),
        token=token,
        expires_at=f"{invitation.expires_at:%d %B %Y %H:%M}",
        public_url=str(settings.public_url),
    )
    details: dict[str, audit.JSON] = {"role": wanted.role.value, "organisation_id": str(wanted.organisation_id or "")}
    await audit.record(session, caller, "invitation.sent", f"invitation:{invitation.id}", details)
    return invitation


async def withdraw(session: AsyncSession, caller: Principal, invitation_id: UUID) -> None:
    """Take an open invitation back, or InvitationNotFound."""
    theirs = queries.looked_after_by(caller, Invitation.__table__.c.organisation_id)
    is_open = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    query = select(Invitation).where(Invitation.id == invitation_id, theirs, *is_open).with_for_update()
    invitation = await session.scalar(query)
    if invitation is None:
        raise InvitationNotFound("No open invitation of your organisation has this id.")
    invitation.withdrawn_at = clock.now()
    await audit.record(session, caller, "invitation.withdrawn", f"invitation:{invitation.id}")


async def accept(session: AsyncSession, passwords: Passwords, caller: Principal, body: Acceptance) -> Accepted:
    """Give the role to whoever has the token. What was entered for an account is used only where there is none."""
    password_hash = await passwords.hash(body.password) if body.password else None
    query = select(Invitation).where(Invitation.token_hash == token_digest(body.token)).with_for_update()
    invitation = await session.scalar(query)
    if invitation is None or not _is_open(invitation) or not await _still_stands(session, invitation):
        raise InvitationNotValid
    owner = select(Account.person_id).where(Account.email_key == invitation.email_key)
    person_id = await session.scalar(owner)
    has_new_account = person_id is None
    if person_id is None:
        person_id = await _open_account(session, invitation, body, password_hash)
    invitation.accepted_at, invitation.person_id = clock.now(), person_id
    by = Principal(kind="person", id=invitation.invited_by)
    with suppress(RoleHeldAlready):  # they have got it in the meantime
        await give(session, by, person_id, Role(invitation.role), invitation.organisation_id, invitation.until_on)
    await audit.record(session, caller, "invitation.accepted", f"person:{person_id}")
    return Accepted(has_new_account=has_new_account)


def _is_open(invitation: Invitation) -> bool:
    is_used = invitation.accepted_at is not None or invitation.withdrawn_at is not None
    return not is_used and invitation.expires_at > clock.now()


async def _still_stands(session: AsyncSession, invitation: Invitation) -> bool:
    """Whether whoever invited could still grant the role today."""
    held = await roles_held(session, invitation.invited_by, clock.today())
    return rules.may_grant(held, Role(invitation.role), invitation.organisation_id)


async def _open_account(
    session: AsyncSession, invitation: Invitation, body: Acceptance, password_hash: str | None
) -> UUID:
    if not (body.given_name and body.family_name and password_hash):
        raise AccountDetailsMissing("Your address has no account yet: send given_name, family_name and password.")
    now = clock.now()
    person = Person(id=new_id(), given_name=body.given_name, family_name=body.family_name, registered_at=now)
    session.add(person)
    await session.flush()
    account = {"email": invitation.email, "email_key": invitation.email_key, "password_hash": password_hash}
    session.add(Account(person_id=person.id, created_at=now, **account))
    await session.flush()
    await send_kept_messages(session, person.id)
    await audit.record(session, None, "account.opened", f"person:{person.id}", {"invitation": str(invitation.id)})
    return person.id
