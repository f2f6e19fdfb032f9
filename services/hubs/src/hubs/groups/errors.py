"""Refusals of groups."""

from chassis.errors import Conflict, NotFound, Unprocessable


class GroupNotFound(NotFound):
    """There is no such group, or it is not the caller's to see."""

    code, title = "group-not-found", "No such group"


class GroupPartNotFound(NotFound):
    """The group has no such school, participant, lead or activity."""

    code, title = "group-part-not-found", "The group has no such part"


class GroupFull(Conflict):
    """The group has as many schools or people as the project allows, or as many of this school."""

    code, title = "group-full", "The group is full"


class ProjectLimitReached(Conflict):
    """The hub or the network has as many groups, schools or people in the project as it allows."""

    code, title = "project-limit-reached", "The project has no room left"


class AlreadyInProject(Conflict):
    """The school or the person is in a group of this project already."""

    code, title = "already-in-project", "Already in a group of this project"


class GroupNotReady(Conflict):
    """The group lacks what the project asks for before it starts, or before it is completed."""

    code, title = "group-not-ready", "The group cannot start yet, or not be completed"


class GroupStepWrong(Conflict):
    """What was asked for does not follow from where the group stands."""

    code, title = "group-step-wrong", "The group does not allow that"


class GroupStillNeeds(Conflict):
    """People of the school are in the group still; they leave first."""

    code, title = "group-still-needs", "People of this school are in the group"


class GroupDatesWrong(Unprocessable):
    """A day lies outside the group's own days, or days are out of order."""

    code, title = "group-dates-wrong", "The days do not fit"


class GroupRoleUnknown(Unprocessable):
    """The project has no such strand, role of participants, activity or value to tell."""

    code, title = "group-role-unknown", "The project knows nothing by that name"


class GroupSchoolUnknown(Unprocessable):
    """The register holds no open school with that number; or it has to be one of the group's, and is not."""

    code, title = "group-school-unknown", "This school cannot be taken here"


class GroupPersonUnknown(Unprocessable):
    """The person is not registered, not as a teacher of that school, or no accepted lead of the hub."""

    code, title = "group-person-unknown", "This person cannot join"


class GroupMarkWrong(Unprocessable):
    """A mark is for nobody in the group, or is not one for this kind of activity."""

    code, title = "group-mark-wrong", "A mark does not fit"


class HubNotTakingPart(Unprocessable):
    """The hub takes no part in the project's network in that year."""

    code, title = "hub-not-taking-part", "The hub takes no part in this network"
