"""Teachers for trying things out, and scenarios for every organisation. Loaded in a sandbox only."""

from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import clock
from chassis.known_as import Merge, note_merged
from chassis.outbox import publish
from chassis.service import Progress
from contracts.identity import TeacherMerged, TeacherRegistered
from contracts.sandbox import KNOWN, MERGED, TEACHERS, SandboxTeacher
from identity.merges.models import PersonMerge
from identity.merges.registry import TABLES
from identity.organisations.models import Organisation
from identity.people.models import Employment, Person
from identity.sandbox.service import reset

GIVEN_NAME = "Sandy"
PEOPLE = "https://ncce.example.org/demo-people/"


async def seed_sandbox(session: AsyncSession, progress: Progress) -> None:
    """Make who is missing; whoever is there already keeps what was tried out."""
    made = [one for one in TEACHERS if await session.get(Person, one.id) is None]
    for teacher in made:
        await _register(session, teacher)
    if MERGED in made:
        await _merge(session)
    if KNOWN in made:
        for organisation_id in (await session.scalars(select(Organisation.id))).all():
            await reset(session, organisation_id, None)
    progress(len(TEACHERS), len(TEACHERS))


async def _merge(session: AsyncSession) -> None:
    """As two administrators of the demo would have decided."""
    now = clock.now()
    merge = Merge(uuid5(NAMESPACE_URL, "https://ncce.example.org/sandbox/merge"), KNOWN.id, MERGED.id, now)
    people = [uuid5(NAMESPACE_URL, f"{PEOPLE}{name}") for name in ("administrator", "second.administrator")]
    ids = {"id": merge.merge_id, "kept_id": merge.kept_id, "merged_id": merge.merged_id, "present_school": "kept"}
    proposed = {"reason": "SANDBOX: for trying things out.", "proposed_by": people[0], "proposed_at": now}
    decided = {"outcome": "approved", "decided_by": people[1], "decided_at": now}
    await session.execute(insert(PersonMerge).values(ids | proposed | decided))
    await note_merged(session, merge)
    await TABLES.move(session, merge)
    told = {"merge_id": merge.merge_id, "kept_id": merge.kept_id, "merged_id": merge.merged_id, "merged_at": now}
    await publish(session, TeacherMerged.model_validate(told))


async def _register(session: AsyncSession, teacher: SandboxTeacher) -> None:
    now = clock.now()
    names = {"given_name": GIVEN_NAME, "family_name": teacher.family_name}
    await session.execute(insert(Person).values(id=teacher.id, registered_at=now, phase="primary", **names))
    session.add(Employment(person_id=teacher.id, school_urn=teacher.school_urn, from_on=clock.today()))
    await publish(
        session,
        TeacherRegistered(teacher_id=teacher.id, school_urn=teacher.school_urn, phase="primary", registered_at=now),
    )
