"""Refusals of the catalogue."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class CourseNotFound(NotFound):
    """There is no such course."""

    code, title = "course-not-found", "No such course"


class CourseRunNotFound(NotFound):
    """There is no such run."""

    code, title = "course-run-not-found", "No such course run"


class DistanceNeedsPlace(Unprocessable):
    """`within_km` was sent without `near`."""

    code, title = "within-km-needs-near", "A distance needs a place"


class HubNotYours(NotFound):
    """There is no such hub, or the caller is not on its staff."""

    code, title = "hub-not-yours", "There is no such hub of yours"


class StatusNotReachable(Conflict):
    """A run does not go from its present status to the one asked for."""

    code, title = "run-status", "The run cannot become that"


class CapacityTaken(Conflict):
    """More places are taken than the run is to have."""

    code, title = "capacity-taken", "More places are taken"


class RunHasAttendance(Conflict):
    """The run was held, at least for somebody."""

    code, title = "run-has-attendance", "Attendance has been marked"


class RunClosed(Conflict):
    """The run was held and closed."""

    code, title = "run-closed", "The run is closed"


class WithdrawalByLeadOnly(Forbidden):
    """Only the hub's lead calls off a run of which attendance was marked."""

    code, title = "withdrawal-by-lead-only", "Only the hub's lead may withdraw attendance"
