"""Refusals of the directory."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound, Unprocessable


class HubNotFound(NotFound):
    """There is no such hub."""

    code, title = "hub-not-found", "No such hub"


class HubClosed(Conflict):
    """The hub takes no new members."""

    code, title = "hub-closed", "The hub is closed"


class LookupAmbiguous(BadRequest):
    """A lookup is by postcode or by school, one of them."""

    code, title = "lookup-needs-one-parameter", "Send postcode or urn, one of them"


class NoHubs(NotFound):
    """The directory is empty."""

    code, title = "no-hubs", "The directory holds no open hub"


class HubSlugTaken(Conflict):
    """Another hub has this short name."""

    code, title = "hub-slug-taken", "Another hub has this short name"


class StepNotPossible(Conflict):
    """The hub's stage is not one from which this step is taken."""

    code, title = "step-not-possible", "The hub cannot take this step"


class FutureStep(Unprocessable):
    """A step holds from a day that is neither in the future nor before the step it follows."""

    code, title = "step-date-wrong", "The day of the step is wrong"


class AnotherPersonNeeded(Forbidden):
    """Who took the step before does not take this one."""

    code, title = "another-person-needed", "Another administrator takes this step"


class AdministratorsDecide(Forbidden):
    """A fact that hub staff do not change themselves."""

    code, title = "administrators-decide", "Administrators change this"


class RegionUnknown(Unprocessable):
    """There are nine regions, and this is none of them."""

    code, title = "region-unknown", "There is no such region"


class ManagerWrong(Unprocessable):
    """A satellite needs an open hub that manages it, and no other hub has one."""

    code, title = "manager-wrong", "The managing hub is wrong"


class MembershipNotFound(NotFound):
    """The school has no period at this hub that begins on this day."""

    code, title = "membership-not-found", "No such period of the school at this hub"


class MembershipOverlaps(Conflict):
    """The school belongs to the hub on some of these days already; end or correct that period first."""

    code, title = "membership-overlaps", "The school belongs to the hub on some of these days"


class LinkNotFound(NotFound):
    """The hub has no such link."""

    code, title = "link-not-found", "No such link of this hub"


class NotOfTheHub(Forbidden):
    """The school does not belong to the hub on all of the days that are asked for."""

    code, title = "not-of-the-hub", "Your school does not belong to the hub"
