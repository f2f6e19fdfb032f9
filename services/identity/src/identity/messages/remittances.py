"""Telling a payee's people that money is on its way. Trusts and authorities have no people here and are not mailed."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.calendars import one_line
from chassis.db import settings_in
from contracts.funding import RemittanceIssued
from identity.accounts.models import Account
from identity.mail.service import Extras, queue_mail
from identity.people.models import Employment, Person, Role, RoleGrant
from identity.settings import Settings

AT = {"hub": (Role.HUB_LEAD, Role.HUB_ADMINISTRATOR), "organisation": (Role.PARTNER_ADMIN,)}
"""Who looks after the money of an organisation, by what it is."""


async def tell_of_remittance(session: AsyncSession, event: RemittanceIssued) -> None:
    """Queue the advice of a payment for each of the payee's people, once however often the event comes."""
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    people = (
        select(Person.id, Person.given_name, Account.email, Account.email_key)
        .join(Account, Account.person_id == Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(Employment, and_(Employment.person_id == Person.id, Employment.to_on.is_(None)))
        .where(_holds_today(), _of_payee(event))
        .distinct()
    )
    for to in (await session.execute(people)).all():
        await queue_mail(
            session,
            occasion=f"remittance:{event.payment_id}:{to.id}",
            to_address=to.email,
            to_key=to.email_key,
            template="remittance_issued",
            extras=Extras(to.id),
            given_name=one_line(to.given_name),
            amount=f"£{event.amount_pence // 100:,}.{event.amount_pence % 100:02}",
            reference=one_line(event.reference),
            arrives_on=f"{event.arrives_on:%A %-d %B %Y}",
            payment_id=event.payment_id,
            public_url=str(settings.public_url),
        )


def _holds_today() -> ColumnElement[bool]:
    today = clock.today()
    until = or_(RoleGrant.to_on.is_(None), RoleGrant.to_on >= today)
    return and_(RoleGrant.from_on <= today, until, RoleGrant.ended_at.is_(None))


def _of_payee(event: RemittanceIssued) -> ColumnElement[bool]:
    if event.payee_kind == "school":
        return and_(RoleGrant.role == Role.SCHOOL_LEAD, Employment.school_urn == event.payee_reference)
    try:
        organisation_id = UUID(event.payee_reference)
    except ValueError:
        return false()
    return and_(RoleGrant.role.in_(AT.get(event.payee_kind, ())), RoleGrant.organisation_id == organisation_id)
