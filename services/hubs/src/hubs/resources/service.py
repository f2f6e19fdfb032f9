"""Writing resources: what their authors do with them up to the submission, and taking them away again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.etags import require_version
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.parties import organisation_for
from hubs.resources.access import authored_by
from hubs.resources.errors import (
    ResourceNotFound,
    ResourceWithdrawn,
    VersionNotOpen,
    VersionOpen,
    VocabularyUnknown,
)
from hubs.resources.models import OPEN, CurriculumAim, Resource, ResourceTopic, ResourceVersion
from hubs.resources.rules import EDITABLE, Finding, findings_of
from hubs.resources.schemas import ResourceFacts, ResourceIn
from hubs.teachers.service import teacher_of

CONTENT = set(ResourceFacts.model_fields)


async def create(session: AsyncSession, caller: Principal, body: ResourceIn) -> ResourceVersion:
    """Begin a resource of the calling teacher's, or of an organisation for which the caller acts.

    Raises VocabularyUnknown, OrganisationNotYours and TeachersOnly.
    """
    await _refuse_unknown_words(session, body)
    is_organisations = caller.kind == "partner" or body.organisation_id is not None
    resource = Resource(
        id=new_id(),
        teacher_id=None if is_organisations else teacher_of(caller).id,
        organisation_id=organisation_for(caller, body.organisation_id) if is_organisations else None,
        created_at=clock.now(),
    )
    session.add(resource)
    await session.flush()
    return await _begin_version(session, caller, resource.id, 1, body)


async def add_version(
    session: AsyncSession, caller: Principal, resource_id: UUID, facts: ResourceFacts
) -> ResourceVersion:
    """Begin the next version of the caller's resource. Raises VersionOpen, ResourceWithdrawn, VocabularyUnknown."""
    resource = await held(session, caller, resource_id)
    if resource.withdrawn_for_cause:
        raise ResourceWithdrawn("This resource was withdrawn for cause; it has no further versions.")
    await _refuse_unknown_words(session, facts)
    of_resource = ResourceVersion.resource_id == resource_id
    if await session.scalar(select(ResourceVersion.number).where(of_resource, ResourceVersion.status.in_(OPEN))):
        raise VersionOpen("A version of this resource is a draft, in review or returned; go on with that one.")
    last = await session.scalar(select(func.max(ResourceVersion.number)).where(of_resource))
    return await _begin_version(session, caller, resource_id, (last or 0) + 1, facts)


async def edit(
    session: AsyncSession, caller: Principal, resource_id: UUID, number: int, seen: int, facts: ResourceFacts
) -> ResourceVersion:
    """Say anew what a draft or a returned version says. Raises VersionNotOpen, StaleVersion, VocabularyUnknown."""
    await held(session, caller, resource_id)
    version = await version_of(session, resource_id, number)
    if version.status not in EDITABLE:
        raise VersionNotOpen(f"Version {number} is {version.status}.")
    require_version(version.edition, seen)
    await _refuse_unknown_words(session, facts)
    for name, value in facts.model_dump(include=CONTENT).items():
        setattr(version, name, value)
    version.edition += 1
    await session.flush()
    return version


async def discard(session: AsyncSession, caller: Principal, resource_id: UUID, number: int) -> None:
    """Throw away a draft or a returned version, and the resource with it when there is no other. VersionNotOpen."""
    resource = await held(session, caller, resource_id)
    version = await version_of(session, resource_id, number)
    if version.status not in EDITABLE:
        raise VersionNotOpen(f"Version {number} is {version.status}.")
    await session.delete(version)
    await session.flush()
    if number == 1:
        await session.delete(resource)
    await audit.record(session, caller, "resource.discarded", f"resource:{resource_id}", {"number": number})


async def submit(session: AsyncSession, caller: Principal, resource_id: UUID, number: int) -> ResourceVersion:
    """Put a draft or a returned version before the moderators; submitted twice it is submitted once."""
    await held(session, caller, resource_id)
    version = await version_of(session, resource_id, number)
    if version.status in ("submitted", "in_review"):
        return version
    if version.status not in EDITABLE:
        raise VersionNotOpen(f"Version {number} is {version.status}.")
    version.status, version.submitted_at, version.submitted_by = "submitted", clock.now(), caller.id
    version.reviewer_id = version.decided_at = version.reason = None
    version.edition += 1
    await session.flush()
    await audit.record(session, caller, "resource.submitted", f"resource:{resource_id}", {"number": number})
    return version


async def held(session: AsyncSession, caller: Principal, resource_id: UUID) -> Resource:
    """The caller's resource, held until commit; ResourceNotFound."""
    query = select(Resource).where(Resource.id == resource_id, authored_by(caller)).with_for_update()
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise ResourceNotFound("No resource of yours has this id.")
    return found


async def version_of(session: AsyncSession, resource_id: UUID, number: int) -> ResourceVersion:
    """A version of a resource that the caller of this holds; ResourceNotFound."""
    version = await session.get(ResourceVersion, (resource_id, number), populate_existing=True)
    if version is None:
        raise ResourceNotFound("The resource has no version of this number.")
    return version


async def _begin_version(
    session: AsyncSession, caller: Principal, resource_id: UUID, number: int, facts: ResourceFacts
) -> ResourceVersion:
    version = ResourceVersion(
        resource_id=resource_id,
        number=number,
        status="draft",
        created_at=clock.now(),
        **facts.model_dump(include=CONTENT),
    )
    session.add(version)
    await session.flush()
    await audit.record(session, caller, "resource.drafted", f"resource:{resource_id}", {"number": number})
    return version


async def _refuse_unknown_words(session: AsyncSession, facts: ResourceFacts) -> None:
    topics = frozenset(await session.scalars(select(ResourceTopic.code)))
    aims = {
        row.code: row.key_stage for row in await session.execute(select(CurriculumAim.code, CurriculumAim.key_stage))
    }
    findings: Sequence[Finding] = findings_of(facts.key_stages, facts.topics, facts.aims, topics, aims)
    if findings:
        raise VocabularyUnknown(
            "GET /v1/resources/vocabulary lists the topics and aims.", errors=[vars(one) for one in findings]
        )
