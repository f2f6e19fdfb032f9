"""Staff looking at people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.principal import Principal
from identity.employments.service import employments_of
from identity.people.errors import PersonNotFound
from identity.people.queries import find_person
from identity.people.service import number_in
from identity.teachers import queries
from identity.teachers.schemas import TeacherRecord, TeacherSearch


async def search(session: AsyncSession, caller: Principal, wanted: TeacherSearch) -> Sequence[queries.FoundRow]:
    """Who fits. That the caller saw them is on record."""
    found = await queries.find(session, wanted)
    await audit.record_views(session, caller, "search", [f"person:{row.id}" for row in found])
    return found


async def record_of(session: AsyncSession, caller: Principal, person_id: UUID) -> TeacherRecord:
    """All of a person, or PersonNotFound. That the caller saw it is on record."""
    person = await find_person(session, person_id)
    if person is None:
        raise PersonNotFound("No account belongs to this id.")
    await audit.record_views(session, caller, "record", [f"person:{person_id}"])
    record = {name: getattr(person, name) for name in ("id", "given_name", "family_name", "email", "phase")}
    return TeacherRecord.model_validate(
        {
            **record,
            "registered_at": person.registered_at,
            "trn": number_in(person),
            "employments": await employments_of(session, person_id),
            "roles": await queries.roles_ever_held(session, person_id),
        }
    )
