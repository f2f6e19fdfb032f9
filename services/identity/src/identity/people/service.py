"""What is known about a person, and who is trusted with what."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from chassis import audit, clock
from chassis.principal import Principal
from identity.people import queries
from identity.people.errors import PersonNotFound
from identity.people.models import Role, RoleGrant
from identity.people.schemas import Me, OrganisationRef, RoleOut, SchoolOut


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
        school=SchoolOut(urn=person.school_urn, since=person.from_on) if person.school_urn else None,
        roles=[_role(row) for row in roles],
        organisation=next((_organisation(row) for row in roles if row.organisation_id), None),
        registered_at=person.registered_at,
    )


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
) -> None:
    """Grant a role from a day on. Granting what is held already changes nothing and is not recorded again."""
    grant = (
        insert(RoleGrant)
        .values(
            person_id=person_id,
            role=role.value,
            organisation_id=organisation_id,
            from_on=from_on,
            granted_by=caller.id if caller else None,
        )
        .on_conflict_do_nothing()
        .returning(RoleGrant.id)
    )
    if (await session.execute(grant)).scalar_one_or_none() is None:
        return
    details: dict[str, audit.JSON] = {"role": role.value, "organisation_id": str(organisation_id or "")}
    await audit.record(session, caller, "role.granted", f"person:{person_id}", details)
