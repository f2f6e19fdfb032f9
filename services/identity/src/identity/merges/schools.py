"""Schools of two people who become one, and two again. Nobody is at two schools at a time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.outbox import publish
from contracts.identity import TeacherUpdated
from identity.merges.models import PersonMerge
from identity.people.models import Employment, Person


async def choose_school(session: AsyncSession, merge: PersonMerge) -> None:
    """End the kept person's present employment where the other's is the present one; it is noted, to begin it again.

    Where the kept person's is, that of the merged one finds no place and stays under its id.
    """
    kept, merged = await _present(session, merge.kept_id), await _present(session, merge.merged_id)
    if merge.present_school != "merged" or kept is None or merged is None or kept.school_urn == merged.school_urn:
        return
    kept.to_on = max(kept.from_on, clock.today() - timedelta(days=1))
    merge.ended_employment_id = kept.id
    await session.flush()


async def begin_again(session: AsyncSession, merge: PersonMerge) -> None:
    """Let the employment that ended for the merge go on, unless the person has moved on since."""
    if merge.ended_employment_id is None or await _present(session, merge.kept_id) is not None:
        return
    ended = await session.get(Employment, merge.ended_employment_id)
    if ended is not None and ended.person_id == merge.kept_id:
        ended.to_on = None
        await session.flush()


async def tell_schools(session: AsyncSession, *people: UUID) -> None:
    """Tell every service where teachers are now."""
    for person_id in people:
        person, present = await session.get_one(Person, person_id), await _present(session, person_id)
        if present is not None and person.phase is not None:
            known = {"teacher_id": person_id, "school_urn": present.school_urn, "phase": person.phase}
            moment = {"from_on": present.from_on, "updated_at": clock.now()}
            await publish(session, TeacherUpdated.model_validate({**known, **moment}))


async def _present(session: AsyncSession, person_id: UUID) -> Employment | None:
    query = select(Employment).where(Employment.person_id == person_id, Employment.to_on.is_(None))
    found: Employment | None = await session.scalar(query.execution_options(populate_existing=True))
    return found
