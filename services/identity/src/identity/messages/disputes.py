"""Telling auditors that an audit trail and a head of it that another service holds do not say the same."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.db import settings_in
from contracts.base import Dispute
from identity.accounts.models import Account
from identity.mail.service import Extras, queue_mail
from identity.people.models import RoleGrant
from identity.people.queries import held_on
from identity.settings import Settings


async def warn_auditors(session: AsyncSession, disputes: Sequence[Dispute]) -> None:
    """Mail every auditor and administrator, once for each service whose trail is in doubt and its holder."""
    settings = settings_in(session)
    assert isinstance(settings, Settings)
    query = select(Account.person_id, Account.email, Account.email_key).join(
        RoleGrant, RoleGrant.person_id == Account.person_id
    )
    of_role = RoleGrant.role.in_(("auditor", "administrator"))
    people = (await session.execute(query.where(of_role, held_on(clock.today())).distinct())).all()
    for service, holder in sorted({(one.service, one.holder) for one in disputes}):
        found = [one for one in disputes if (one.service, one.holder) == (service, holder)]
        for person in people:
            await queue_mail(
                session,
                occasion=f"audit_disputed:{service}:{holder}:{found[0].number}:{person.person_id}",
                to_address=person.email,
                to_key=person.email_key,
                template="audit_disputed",
                extras=Extras(person.person_id),
                public_url=str(settings.public_url),
                service=service,
                holder=holder,
                disputes=found,
            )
