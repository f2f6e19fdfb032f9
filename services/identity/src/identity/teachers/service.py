"""Staff looking at people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit
from chassis.known_as import goes_by
from chassis.principal import Principal
from chassis.tables import erased_person
from contracts.base import RecordsViewed
from identity.employments.service import employments_of
from identity.merges.errors import PersonMerged
from identity.people.errors import PersonNotFound
from identity.people.models import Person
from identity.people.queries import find_person
from identity.people.service import number_in
from identity.teachers import queries
from identity.teachers.models import DataViewed
from identity.teachers.schemas import TeacherRecord, TeacherSearch


async def search(session: AsyncSession, caller: Principal, wanted: TeacherSearch) -> Sequence[queries.FoundRow]:
    """Who fits. That the caller saw them is on record."""
    found = await queries.find(session, wanted)
    await audit.record_views(session, caller, "search", [f"person:{row.id}" for row in found])
    return found


async def note_views(session: AsyncSession, event: RecordsViewed) -> None:
    """Keep who saw whose data in another service. Of people who are unknown here or were forgotten nothing is kept."""
    people = {view.person_id for view in event.views}
    known = set(await session.scalars(select(Person.id).where(Person.id.in_(people))))
    known -= set(await session.scalars(select(erased_person.c.person_id).where(erased_person.c.person_id.in_(known))))
    views = [view for view in event.views if view.person_id in known]
    session.add_all(DataViewed(service=event.service, **view.model_dump()) for view in views)


async def record_of(session: AsyncSession, caller: Principal, person_id: UUID) -> TeacherRecord:
    """All of a person, or PersonNotFound. That the caller saw it is on record."""
    person = await find_person(session, person_id)
    if person is None:
        raise PersonNotFound("No account belongs to this id.")
    if (kept_id := await goes_by(session, person_id)) != person_id:
        raise PersonMerged("Two accounts were one person's. Ask for the one that was kept.", kept_id=str(kept_id))
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
