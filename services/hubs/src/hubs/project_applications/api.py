"""`/v1/project-applications`: schools and people who want to take part in projects, and what hubs decide."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from chassis.access import SIGNED_IN, allow, role
from chassis.db import Reader, Session
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import IDEMPOTENT, ServiceRouter
from hubs.base import AnyRow
from hubs.groups.errors import (
    AlreadyInProject,
    GroupFull,
    GroupNotFound,
    GroupPersonUnknown,
    GroupSchoolUnknown,
    GroupStepWrong,
    HubNotTakingPart,
    ProjectLimitReached,
)
from hubs.project_applications import queries, selecting, service
from hubs.project_applications.errors import (
    AlreadyAppliedToProject,
    ApplicantWrong,
    ApplicationNotEligible,
    ApplicationStepWrong,
    CommitmentMissing,
    DeclarationUnasked,
    ProjectApplicationNotFound,
    RecruitmentClosed,
)
from hubs.project_applications.schemas import (
    ApplicationFilter,
    CriterionOverride,
    ProjectApplicationIn,
    ProjectApplicationOut,
    ProjectCommitmentIn,
    ProjectSelectionIn,
    ProjectSubmissionIn,
    ProjectWithdrawalIn,
)
from hubs.projects.errors import ProjectNotFound
from hubs.registers.access import HUB_STAFF
from hubs.schools.access import SCHOOL_LEAD
from hubs.teachers.errors import TeachersOnly

router = ServiceRouter(prefix="/v1/project-applications", tags=["project applications"])
Caller = Annotated[Principal, allow(SIGNED_IN)]
Keeper = Annotated[Principal, allow(role(*HUB_STAFF))]
APPLYING = (RecruitmentClosed, CommitmentMissing, DeclarationUnasked, HubNotTakingPart)


@router.post(
    "",
    status_code=201,
    response_model=ProjectApplicationOut,
    dependencies=[IDEMPOTENT],
    responses=errors(ProjectNotFound, ApplicantWrong, AlreadyAppliedToProject, *APPLYING),
)
async def apply_for_project(session: Session, caller: Caller, body: ProjectApplicationIn) -> AnyRow:
    """Express interest in a project, or apply for it, at a hub. The criteria are decided at once, with reasons."""
    made = await service.apply(session, caller, body)
    return await queries.find_application(session, caller, made.id)


@router.get("", response_model=Page[ProjectApplicationOut])
async def list_project_applications(
    reader: Reader, caller: Caller, wanted: Annotated[ApplicationFilter, Query()], page: PageRequest
) -> dict[str, object]:
    """Applications of the caller or their school, and those to their hub or network; the waiting ones in turn."""
    rows = await queries.list_applications(reader, caller, wanted, page)
    return Page.of(rows, page, key=lambda row: (str(row.id),))


@router.get(
    "/{project_application_id}",
    response_model=ProjectApplicationOut,
    responses=errors(ProjectApplicationNotFound),
)
async def get_project_application(reader: Reader, caller: Caller, project_application_id: UUID) -> AnyRow:
    """One application with its reasons."""
    return await queries.find_application(reader, caller, project_application_id)


@router.post(
    "/{project_application_id}/submission",
    response_model=ProjectApplicationOut,
    responses=errors(ProjectApplicationNotFound, ApplicationStepWrong, ProjectNotFound, *APPLYING),
)
async def submit_project_application(
    session: Session, caller: Caller, project_application_id: UUID, body: ProjectSubmissionIn
) -> AnyRow:
    """Turn interest into an application, with what is declared now. A repeat changes nothing."""
    await service.submit(session, caller, project_application_id, body.declarations)
    return await queries.find_application(session, caller, project_application_id)


@router.post(
    "/{project_application_id}/commitment",
    response_model=ProjectApplicationOut,
    responses=errors(ProjectApplicationNotFound, ApplicationStepWrong, TeachersOnly),
)
async def commit_to_project(
    session: Session,
    caller: Annotated[Principal, allow(role(SCHOOL_LEAD))],
    project_application_id: UUID,
    body: ProjectCommitmentIn,
) -> AnyRow:
    """Make the school's statement of commitment, by who speaks for it. A repeat changes nothing."""
    await service.commit_school(session, caller, project_application_id)
    return await queries.find_application(session, caller, project_application_id)


@router.post(
    "/{project_application_id}/overrides",
    response_model=ProjectApplicationOut,
    responses=errors(ProjectApplicationNotFound, ApplicationStepWrong, DeclarationUnasked),
)
async def override_project_criterion(
    session: Session, caller: Keeper, project_application_id: UUID, body: CriterionOverride
) -> AnyRow:
    """Decide one criterion as a person, for a reason; the application is decided again."""
    await selecting.override(session, caller, project_application_id, body)
    return await queries.find_application(session, caller, project_application_id)


@router.post(
    "/{project_application_id}/selection",
    response_model=ProjectApplicationOut,
    responses=errors(
        ProjectApplicationNotFound,
        ApplicationStepWrong,
        ApplicationNotEligible,
        GroupNotFound,
        GroupStepWrong,
        GroupFull,
        ProjectLimitReached,
        AlreadyInProject,
        GroupPersonUnknown,
        GroupSchoolUnknown,
    ),
)
async def select_project_application(
    session: Session, caller: Keeper, project_application_id: UUID, body: ProjectSelectionIn
) -> AnyRow:
    """Give the applicant a place in a group, keep them waiting, or decline. A repeat changes nothing."""
    await selecting.select_or_not(session, caller, project_application_id, body)
    return await queries.find_application(session, caller, project_application_id)


@router.post(
    "/{project_application_id}/withdrawal",
    response_model=ProjectApplicationOut,
    responses=errors(ProjectApplicationNotFound, ApplicationStepWrong),
)
async def withdraw_project_application(
    session: Session, caller: Caller, project_application_id: UUID, body: ProjectWithdrawalIn
) -> AnyRow:
    """Take an application back before the hub selects it. A repeat changes nothing."""
    await service.withdraw(session, caller, project_application_id, body.reason)
    return await queries.find_application(session, caller, project_application_id)
