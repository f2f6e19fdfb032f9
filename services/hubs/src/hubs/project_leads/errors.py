"""Refusals of leads."""

from chassis.errors import Conflict, NotFound, Unprocessable


class ProjectLeadNotFound(NotFound):
    """There is no such lead, or they are not the caller's to see."""

    code, title = "project-lead-not-found", "No such lead"


class AlreadyLead(Conflict):
    """The person is proposed for or leads this project at this hub already."""

    code, title = "already-lead", "This person leads the project already"


class LeadNotEligible(Conflict):
    """The project's requirements are not met, or not known to be; `reasons` says which."""

    code, title = "lead-not-eligible", "The requirements are not met"


class LeadStepWrong(Conflict):
    """What was asked for does not follow from where the proposal stands."""

    code, title = "lead-step-wrong", "The proposal does not allow that"


class LeadUnasked(Unprocessable):
    """Something is declared, decided or marked that the project does not ask of leads."""

    code, title = "lead-unasked", "The project does not ask that"
