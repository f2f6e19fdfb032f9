"""Interest, applying, commitment and withdrawal; the application is held throughout. Hubs decide in `selecting`."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import audit, clock
from chassis.ids import new_id
from chassis.principal import Principal
from hubs.groups.models import GroupSchool, ProjectGroup
from hubs.groups.versions import InUse, open_version, version_of
from hubs.project_applications.errors import (
    AlreadyAppliedToProject,
    ApplicantWrong,
    ApplicationStepWrong,
    CommitmentMissing,
    DeclarationUnasked,
    ProjectApplicationNotFound,
    RecruitmentClosed,
)
from hubs.project_applications.models import ProjectApplication
from hubs.project_applications.queries import owned_by
from hubs.project_applications.rules import OPEN, asked_of_applicant, enrolments, gives_priority_in, merged
from hubs.project_applications.schemas import ProjectApplicationIn
from hubs.projects.applicants import known_of_person, known_of_school, together
from hubs.projects.decisions import Declaration, Override, decide
from hubs.projects.document import ProjectDocument
from hubs.projects.facts import Known
from hubs.projects.models import Project
from hubs.registers.access import hubs_staffed_by
from hubs.schools.models import School
from hubs.teachers.service import teacher_of


async def apply(session: AsyncSession, caller: Principal, wanted: ProjectApplicationIn) -> ProjectApplication:
    """Express interest in a project or apply for it.

    Raises ProjectNotFound, HubNotTakingPart, ApplicantWrong, DeclarationUnasked, RecruitmentClosed, CommitmentMissing
    and AlreadyAppliedToProject.
    """
    version = await open_version(session, wanted.project_id, wanted.hub_id)
    _refuse_unasked(version.document, wanted.declarations)
    _refuse_closed(version.document)
    made = ProjectApplication(
        **_of(version),
        id=new_id(),
        hub_id=wanted.hub_id,
        is_of_school=version.document.participants.unit == "school",
        urn=await _urn_of(session, caller, version.document, wanted),
        person_id=caller.id,
        status="interested",
        declarations=[one.model_dump(mode="json") for one in wanted.declarations],
        overrides=[],
        consequences=[],
        made_at=clock.now(),
    )
    await _decide(session, made, version.document, roles_of(caller))
    await _add(session, made)
    await record(session, caller, "made", made)
    if not wanted.interest_only:
        await _submit(session, caller, made, version)
    return made


async def submit(
    session: AsyncSession, caller: Principal, application_id: UUID, declarations: list[Declaration]
) -> ProjectApplication:
    """Turn interest into an application. A repeat changes nothing."""
    mine, version = await hold(session, application_id, owned_by(caller))
    if mine.status in (*OPEN, "selected"):
        return mine
    if mine.status != "interested":
        raise ApplicationStepWrong(f"The application is {mine.status}.")
    _refuse_unasked(version.document, declarations)
    _refuse_closed(version.document)
    mine.declarations = [one.model_dump(mode="json") for one in merged(declared_of(mine), declarations)]
    await _decide(session, mine, version.document, roles_of(caller))
    await _submit(session, caller, mine, version)
    return mine


async def commit_school(session: AsyncSession, caller: Principal, application_id: UUID) -> ProjectApplication:
    """Make the school's statement, by who speaks for it. A repeat changes nothing."""
    school = teacher_of(caller).school_urn
    of_school = ProjectApplication.is_of_school & (ProjectApplication.urn == school)
    mine, _ = await hold(session, application_id, of_school)
    if mine.status in ("declined", "withdrawn"):
        raise ApplicationStepWrong(f"The application is {mine.status}.")
    if mine.committed_at is None:
        mine.committed_at, mine.committed_by = clock.now(), caller.id
        await session.flush()
        await record(session, caller, "committed", mine)
    return mine


async def withdraw(session: AsyncSession, caller: Principal, application_id: UUID, reason: str) -> ProjectApplication:
    """Take an application back before the hub has selected it. A repeat changes nothing."""
    mine, _ = await hold(session, application_id, owned_by(caller))
    if mine.status == "withdrawn":
        return mine
    if mine.status in ("selected", "declined"):
        raise ApplicationStepWrong("The hub has decided; ask it to let you leave the group.")
    mine.status, mine.reason, mine.decided_at, mine.decided_by = "withdrawn", reason, clock.now(), caller.id
    await session.flush()
    await record(session, caller, "withdrawn", mine)
    return mine


async def decide_again(session: AsyncSession, held: ProjectApplication, document: ProjectDocument) -> None:
    """Decide from what is known today, what was declared and what was overridden."""
    await _decide(session, held, document)
    await session.flush()


async def hold(
    session: AsyncSession, application_id: UUID, whose: ColumnElement[bool]
) -> tuple[ProjectApplication, InUse]:
    """An application, held until commit, and its project; ProjectApplicationNotFound."""
    query = select(ProjectApplication).where(ProjectApplication.id == application_id, whose)
    found = await session.scalar(query.with_for_update(key_share=True).execution_options(populate_existing=True))
    if found is None:
        raise ProjectApplicationNotFound("No application of yours has this id.")
    return found, await version_of(session, found.project_id, found.project_version)


def declared_of(application: ProjectApplication) -> list[Declaration]:
    """What the applicant declared."""
    return [Declaration.model_validate(one) for one in application.declarations]


async def known_of(session: AsyncSession, application: ProjectApplication, roles: Iterable[str] = ()) -> Known:
    """What is known of the applicant: the school, or the person with the school they come from."""
    school = None if application.urn is None else await session.get(School, application.urn)
    of_school = (
        Known() if school is None else await known_of_school(session, application.network, application.hub_id, school)
    )
    if application.is_of_school:
        return of_school
    return together(of_school, await known_of_person(session, application.network, application.person_id, roles))


async def record(
    session: AsyncSession, caller: Principal, action: str, application: ProjectApplication, **details: audit.JSON
) -> None:
    """Keep who did what with an application."""
    subject = f"project_application:{application.id}"
    facts: dict[str, audit.JSON] = {"project": application.project_code, "hub": str(application.hub_id)}
    await audit.record(session, caller, f"project-application.{action}", subject, facts | details)


async def _submit(session: AsyncSession, caller: Principal, mine: ProjectApplication, version: InUse) -> None:
    document = version.document
    if document.participants.application.needs_commitment_statement and mine.committed_at is None:
        raise CommitmentMissing(
            "Express interest first; whoever speaks for the school makes its statement, and then it is submitted.",
            statement=document.participants.application.statement,
        )
    mine.status, mine.applied_at = "applied", clock.now()
    mine.priority = int(await _has_priority(session, mine))
    await session.flush()
    await record(session, caller, "submitted", mine)
    await _follow(session, caller, mine, document)


async def _follow(
    session: AsyncSession, caller: Principal, mine: ProjectApplication, document: ProjectDocument
) -> None:
    """Apply to the projects that come with this one, in the same hub, unless the applicant is exempt."""
    told: list[dict[str, object]] = []
    for one in enrolments(document, await known_of(session, mine), declared_of(mine)):
        other = None if one.is_exempt else await _enrol(session, caller, mine, one.project)
        line = {"kind": "also_enrols", "project_code": one.project, "says": one.says}
        told.append({**line, "application_id": None if other is None else str(other)})
    if told:
        mine.consequences = told
        await session.flush()


async def _enrol(session: AsyncSession, caller: Principal, mine: ProjectApplication, code: str) -> UUID | None:
    """The applicant's application to another project of the same year; one there is already will do."""
    project_id = await session.scalar(
        select(Project.id).where(
            Project.network_slug == mine.network, Project.project_year == mine.project_year, Project.code == code
        )
    )
    if project_id is None:
        return None
    whose = ProjectApplication.urn == mine.urn if mine.is_of_school else ProjectApplication.person_id == mine.person_id
    live = ProjectApplication.status.in_(("interested", *OPEN, "selected"))
    there = select(ProjectApplication.id).where(ProjectApplication.project_id == project_id, whose, live)
    known: UUID | None = await session.scalar(there)
    if known is not None:
        return known
    version = await open_version(session, project_id, mine.hub_id)
    copied = ("hub_id", "is_of_school", "urn", "person_id", "committed_by", "committed_at", "made_at", "applied_at")
    other = ProjectApplication(
        **_of(version),
        **{name: getattr(mine, name) for name in copied},
        id=new_id(),
        status="applied",
        declarations=[],
        overrides=[],
        consequences=[],
        caused_by=mine.id,
    )
    other.priority = int(await _has_priority(session, other))
    await _decide(session, other, version.document)
    await _add(session, other)
    await record(session, caller, "made", other, caused_by=str(mine.id))
    return other.id


def _of(version: InUse) -> dict[str, object]:
    document = version.document
    return {
        "project_id": version.project_id,
        "project_version": version.number,
        "network": version.network,
        "project_code": document.code,
        "project_year": document.project_year,
        "priority": 0,
    }


async def _decide(
    session: AsyncSession, application: ProjectApplication, document: ProjectDocument, roles: Iterable[str] = ()
) -> None:
    overrides = [Override.model_validate(one) for one in application.overrides]
    known = await known_of(session, application, roles)
    decision = decide(document.participants.criteria, known, declared_of(application), overrides)
    application.decision = decision.model_dump(mode="json")


async def _add(session: AsyncSession, application: ProjectApplication) -> None:
    session.add(application)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyAppliedToProject("There is an application to this project that has not ended.") from error


async def _has_priority(session: AsyncSession, mine: ProjectApplication) -> bool:
    """Whether the school was in a group of a project that gives priority in this one."""
    if mine.urn is None:
        return False
    query = (
        select(ProjectGroup.project_id, ProjectGroup.project_version)
        .join(GroupSchool, GroupSchool.group_id == ProjectGroup.id)
        .where(
            ProjectGroup.network == mine.network,
            ProjectGroup.status.in_(("running", "completed")),
            GroupSchool.urn == mine.urn,
        )
        .distinct()
    )
    for row in (await session.execute(query)).all():
        document = (await version_of(session, row.project_id, row.project_version)).document
        if gives_priority_in(document, mine.project_code, mine.project_year):
            return True
    return False


async def _urn_of(
    session: AsyncSession, caller: Principal, document: ProjectDocument, wanted: ProjectApplicationIn
) -> str | None:
    """The school that applies or that the person comes from: named by a hub that the caller staffs, else their own."""
    own = caller.attributes.get("school_urn")
    if wanted.urn is not None and wanted.urn != own and wanted.hub_id not in hubs_staffed_by(caller):
        raise ApplicantWrong("Only the hub enters another school's interest.")
    urn = wanted.urn or own
    if document.participants.unit == "school" and urn is None:
        raise ApplicantWrong("Schools take part in this project; your account names none.")
    if urn is not None:
        school = await session.get(School, urn)
        if school is None or not school.is_open:
            raise ApplicantWrong(f"The register holds no open school with the URN {urn}.")
    return urn


def roles_of(caller: Principal) -> list[str]:
    """Roles of a caller, as facts of a person are told them."""
    return [grant.role for grant in caller.roles]


def _refuse_unasked(document: ProjectDocument, declarations: list[Declaration]) -> None:
    if unasked := sorted({one.criterion for one in declarations} - asked_of_applicant(document)):
        raise DeclarationUnasked(f"The project does not ask you about {', '.join(unasked)}.", criteria=unasked)


def _refuse_closed(document: ProjectDocument) -> None:
    window = document.participants.application
    if not document.recruits_on(clock.today()):
        opens, closes = (None if day is None else day.isoformat() for day in (window.opens_on, window.closes_on))
        raise RecruitmentClosed("The project takes no applications today.", opens_on=opens, closes_on=closes)
