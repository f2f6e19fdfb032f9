"""Telling by mail those who manage an organisation's keys: that one ends soon, that one was found in the open."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.calendars import one_line
from chassis.db import Database, settings_in
from chassis.service import ServiceContext
from identity.accounts.models import Account
from identity.api_keys import rules
from identity.api_keys.models import ApiKey
from identity.mail.service import Extras, queue_mail
from identity.organisations.models import Organisation
from identity.people.models import Person, RoleGrant
from identity.settings import Settings

LOOK_SECONDS = 600.0
BATCH = 100

ManagerRow = Row[UUID, str, str, str]


async def tell_managers(
    session: AsyncSession, organisation_id: UUID, template: str, occasion: str, **values: object
) -> None:
    """Queue one message to everybody who manages an organisation's credentials; to administrators where nobody does."""
    people = await _holders(session, "partner_admin", organisation_id)
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    organisation = await session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
    for person in people or await _holders(session, "administrator", None):
        await queue_mail(
            session,
            occasion=f"{occasion}:{person.person_id}",
            to_address=person.email,
            to_key=person.email_key,
            template=template,
            extras=Extras(person.person_id),
            given_name=one_line(person.given_name),
            organisation=one_line(organisation or ""),
            public_url=str(settings.public_url),
            **values,
        )


async def _holders(session: AsyncSession, role: str, organisation_id: UUID | None) -> Sequence[ManagerRow]:
    today = clock.today()
    held = and_(
        RoleGrant.role == role,
        RoleGrant.organisation_id == organisation_id if organisation_id else RoleGrant.organisation_id.is_(None),
        RoleGrant.from_on <= today,
        or_(RoleGrant.to_on.is_(None), RoleGrant.to_on >= today),
    )
    query = (
        select(Account.person_id, Account.email, Account.email_key, Person.given_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.person_id.in_(select(RoleGrant.person_id).where(held)))
        .order_by(Account.person_id)
    )
    return (await session.execute(query)).all()


async def tell_of_leak(session: AsyncSession, key: ApiKey, found_where: str) -> None:
    """Tell that a key was found in the open and does not work any more."""
    facts = {"key_name": one_line(key.name), "public_id": key.public_id, "found_where": one_line(found_where)}
    await tell_managers(session, key.organisation_id, "api_key_leaked", f"api_key_leaked:{key.id}", **facts)


async def tell_of_ending_keys(context: ServiceContext) -> None:
    """Tell of keys that end soon, until cancelled."""
    while True:
        while await tell_some(context.database, clock.now().date()) == BATCH:
            pass
        await clock.pause(LOOK_SECONDS)


async def tell_some(database: Database, today: date) -> int:
    """Queue the notices that are due and were not given; the number of keys told of."""
    async with database.transaction() as session:
        due = [
            and_(ApiKey.expires_on <= date.fromordinal(today.toordinal() + days), ApiKey.noticed_days > days)
            for days in rules.NOTICE_DAYS
        ]
        query = (
            select(ApiKey)
            .where(ApiKey.revoked_at.is_(None), ApiKey.expires_on >= today, or_(*due))
            .order_by(ApiKey.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        keys = (await session.scalars(query)).all()
        for key in keys:
            await _tell_of_end(session, key, today)
        return len(keys)


async def _tell_of_end(session: AsyncSession, key: ApiKey, today: date) -> None:
    days = rules.notice_due(key.expires_on, today)
    assert days is not None  # that is how the key was found
    key.noticed_days = days
    facts = {"key_name": one_line(key.name), "public_id": key.public_id, "expires_on": key.expires_on}
    occasion = f"api_key_ends:{key.id}:{key.expires_on}:{days}"
    await tell_managers(session, key.organisation_id, "api_key_ends_soon", occasion, **facts)
