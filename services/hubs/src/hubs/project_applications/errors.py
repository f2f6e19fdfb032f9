"""Refusals of applications."""

from chassis.errors import Conflict, NotFound, Unprocessable


class ProjectApplicationNotFound(NotFound):
    """There is no such application, or it is not the caller's to see."""

    code, title = "project-application-not-found", "No such application"


class RecruitmentClosed(Conflict):
    """The project takes no applications on this day."""

    code, title = "recruitment-closed", "The project takes no applications today"


class AlreadyAppliedToProject(Conflict):
    """The school, or the person, has an application to this project that has not ended."""

    code, title = "already-applied-to-project", "There is an application already"


class CommitmentMissing(Conflict):
    """The project needs the statement of whoever speaks for the school before it is applied for."""

    code, title = "commitment-missing", "The school's statement of commitment is missing"


class ApplicationNotEligible(Conflict):
    """The criteria are not met, or not known to be; `reasons` says which."""

    code, title = "application-not-eligible", "The criteria are not met"


class ApplicationStepWrong(Conflict):
    """What was asked for does not follow from where the application stands."""

    code, title = "application-step-wrong", "The application does not allow that"


class ApplicantWrong(Unprocessable):
    """The applicant is not a school, or a person, that the project takes, or the hub is not one that takes part."""

    code, title = "applicant-wrong", "This cannot be applied for"


class DeclarationUnasked(Unprocessable):
    """Something is declared or decided that the project does not ask."""

    code, title = "declaration-unasked", "The project does not ask that"
