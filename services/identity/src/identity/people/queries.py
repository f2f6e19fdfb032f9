"""Reading people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from identity.accounts.models import Account
from identity.organisations.models import Organisation
from identity.people.models import Employment, Person, RoleGrant
from identity.teacher_numbers.models import TeacherNumber

Executor = AsyncConnection | AsyncSession
PersonRow = Row[UUID, str, str, str, str | None, datetime, str, date, str | None, str | None, datetime | None]
RoleRow = Row[str, UUID | None, date, date | None, str]
RoleRows = Sequence[RoleRow]

PERSON = (
    select(
        Person.id,
        Account.email,
        Person.given_name,
        Person.family_name,
        Person.phase,
        Person.registered_at,
        Employment.school_urn,
        Employment.from_on,
        TeacherNumber.trn,
        TeacherNumber.standing,
        TeacherNumber.stated_at,
    )
    .join(Account, Account.person_id == Person.id)
    .outerjoin(TeacherNumber, TeacherNumber.person_id == Person.id)
    .outerjoin(Employment, and_(Employment.person_id == Person.id, Employment.to_on.is_(None)))
)
ROLES = (
    select(RoleGrant.role, RoleGrant.organisation_id, RoleGrant.from_on, RoleGrant.to_on, Organisation.name)
    .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
    .order_by(RoleGrant.role, RoleGrant.organisation_id)
)


async def find_person(executor: Executor, person_id: UUID | None) -> PersonRow | None:
    """The person with account and present school."""
    return (await executor.execute(PERSON.where(Person.id == person_id))).one_or_none()


async def roles_held(executor: Executor, person_id: UUID, on: date) -> RoleRows:
    """The roles somebody holds on a day."""
    return (await executor.execute(ROLES.where(RoleGrant.person_id == person_id, held_on(on)))).all()


def held_on(on: date) -> ColumnElement[bool]:
    """Which roles are held on a day."""
    lasts = RoleGrant.to_on.is_(None) | (RoleGrant.to_on >= on)
    return and_(RoleGrant.from_on <= on, lasts, RoleGrant.ended_at.is_(None))
