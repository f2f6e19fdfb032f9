"""People for trying the platform out. Loaded only by the demo seed; these are the only known passwords anywhere."""

import asyncio
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

import argon2
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.service import Progress
from identity.accounts.models import Account
from identity.messages.service import send_kept_messages
from identity.organisations.seed import organisation_id
from identity.people.models import Employment, Person, Role
from identity.people.service import grant_role

PASSWORD = "three-random-words-demo"  # noqa: S105  published on purpose
DOMAIN = "demo.example.org"
DEMO_HUB = "greater-manchester"


@dataclass(frozen=True)
class DemoPerson:
    """One member of the demo's staff."""

    mailbox: str
    given_name: str
    family_name: str
    role: Role
    hub: str | None = None
    school_urn: str | None = None
    organisation: str | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.mailbox}@{DOMAIN}"

    @property
    def id(self) -> UUID:
        """The same on every installation."""
        return uuid5(NAMESPACE_URL, f"https://ncce.example.org/demo-people/{self.mailbox}")

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation at which the role is held, or the hub, by the id the hubs service gives it."""
        if self.organisation:
            return organisation_id(self.organisation)
        return uuid5(NAMESPACE_URL, f"https://ncce.example.org/hubs/{self.hub}") if self.hub else None


STAFF = (
    DemoPerson("hub.lead", "Hana", "Hublead", Role.HUB_LEAD, DEMO_HUB),
    DemoPerson("moderator", "Morgan", "Moderator", Role.MODERATOR),
    DemoPerson("assessor", "Asa", "Assessor", Role.ASSESSOR, organisation="bcs"),
    DemoPerson("second.assessor", "Bea", "Assessor", Role.ASSESSOR, organisation="bcs"),
    DemoPerson("funding.approver", "Avery", "Approver", Role.FUNDING_APPROVER),
    DemoPerson("second.funding.approver", "Blair", "Approver", Role.FUNDING_APPROVER),
    DemoPerson("funding.officer", "Oakley", "Officer", Role.FUNDING_OFFICER),
    DemoPerson("payment.officer", "Parker", "Payments", Role.PAYMENT_OFFICER),
    DemoPerson("second.payment.officer", "Quinn", "Payments", Role.PAYMENT_OFFICER),
    DemoPerson("third.payment.officer", "Robin", "Payments", Role.PAYMENT_OFFICER),
    DemoPerson("fourth.payment.officer", "Sasha", "Payments", Role.PAYMENT_OFFICER),
    DemoPerson("auditor", "Alex", "Auditor", Role.AUDITOR),
    DemoPerson("administrator", "Ada", "Administrator", Role.ADMINISTRATOR),
    DemoPerson("second.administrator", "Ben", "Administrator", Role.ADMINISTRATOR),
    DemoPerson("network.lead", "Nora", "Networklead", Role.NETWORK_LEAD, organisation="ncetm"),
    DemoPerson("second.network.lead", "Noel", "Networklead", Role.NETWORK_LEAD, organisation="ncetm"),
    DemoPerson("lead.evaluator", "Evan", "Evaluator", Role.LEAD_EVALUATOR, organisation="ncetm"),
    DemoPerson("school.lead", "Sunny", "Schoollead", Role.SCHOOL_LEAD, school_urn="900003"),
)


async def seed_demo_people(session: AsyncSession, progress: Progress) -> None:
    """Create who is missing; an existing demo person keeps password and roles."""
    for done, person in enumerate(STAFF, start=1):
        if await session.get(Account, person.id) is None:
            await _create(session, person)
        progress(done, len(STAFF))


async def _create(session: AsyncSession, person: DemoPerson) -> None:
    created_at = clock.now()
    # The seed has no settings; were these parameters not today's, the first sign-in would bring the hash up to date.
    hasher = argon2.PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)
    password_hash = await asyncio.to_thread(hasher.hash, PASSWORD)
    names = {"given_name": person.given_name, "family_name": person.family_name}
    await session.execute(
        insert(Person).values(id=person.id, registered_at=created_at, **names).on_conflict_do_nothing()
    )
    account = {"email": person.email, "email_key": person.email, "password_hash": password_hash}
    await session.execute(insert(Account).values(person_id=person.id, created_at=created_at, **account))
    if person.school_urn is not None:
        session.add(Employment(person_id=person.id, school_urn=person.school_urn, from_on=clock.today()))
    await grant_role(session, None, person.id, person.role, person.organisation_id, from_on=clock.today())
    await send_kept_messages(session, person.id)
