"""What is known about a person, and who is trusted with what."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.people import queries
from identity.people.errors import PersonNotFound
from identity.people.models import Person, Role, RoleGrant
from identity.people.schemas import Me, OrganisationRef, RoleOut, SchoolOut
from identity.teacher_numbers.schemas import TeacherNumberOut


async def describe_person(reader: AsyncConnection, person_id: UUID | None) -> Me:
    """The person with school and roles as of today, or PersonNotFound."""
    person = await queries.find_person(reader, person_id)
    if person is None:
        raise PersonNotFound("Your account is no longer there.")
    roles = await queries.roles_held(reader, person.id, clock.today())
    return Me(
        id=person.id,
        email=person.email,
        given_name=person.given_name,
        family_name=person.family_name,
        phase=person.phase,
        trn=number_in(person),
        school=SchoolOut(urn=person.school_urn, since=person.from_on) if person.school_urn else None,
        roles=[_role(row) for row in roles],
        organisation=next((_organisation(row) for row in roles if row.organisation_id), None),
        registered_at=person.registered_at,
    )


async def hold_person(session: AsyncSession, person_id: UUID | None) -> Person:
    """The person, locked until the transaction ends, or PersonNotFound."""
    person = await session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None:
        raise PersonNotFound("No account belongs to this id.")
    return person


def number_in(person: queries.PersonRow) -> TeacherNumberOut | None:
    """The reference number that a row tells, if there is one."""
    if person.trn is None:
        return None
    return TeacherNumberOut(trn=person.trn, standing=person.standing, stated_at=person.stated_at)


def _role(row: queries.RoleRow) -> RoleOut:
    return RoleOut(role=Role(row.role), organisation_id=row.organisation_id, since=row.from_on, until=row.to_on)


def _organisation(row: queries.RoleRow) -> OrganisationRef:
    return OrganisationRef(id=row.organisation_id, name=row.name)


async def grant_role(
    session: AsyncSession,
    caller: Principal | None,
    person_id: UUID,
    role: Role,
    organisation_id: UUID | None = None,
    *,
    from_on: date,
    until_on: date | None = None,
) -> UUID | None:
    """Grant a role from a day on, until another if one is given; its id.

    Granting without end what is held without end already changes nothing, is not recorded again, and answers none.
    """
    grant = (
        insert(RoleGrant)
        .values(
            person_id=person_id,
            role=role.value,
            organisation_id=organisation_id,
            from_on=from_on,
            to_on=until_on,
            granted_by=caller.id if caller else None,
        )
        .on_conflict_do_nothing()
        .returning(RoleGrant.id)
    )
    grant_id = (await session.execute(grant)).scalar_one_or_none()
    if grant_id is None:
        return None
    details: dict[str, audit.JSON] = {"role": role.value, "organisation_id": str(organisation_id or "")}
    await audit.record(session, caller, "role.granted", f"person:{person_id}", details)
    return grant_id
