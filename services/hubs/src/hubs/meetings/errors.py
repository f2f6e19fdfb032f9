"""Refusals about meetings."""

from chassis.errors import Conflict, NotFound, Unprocessable


class MeetingNotFound(NotFound):
    """The hub has no such meeting."""

    code, title = "meeting-not-found", "No such meeting of this hub"


class MeetingTimesWrong(Unprocessable):
    """A meeting ends after it begins, and on the day."""

    code, title = "meeting-times-wrong", "The meeting ends before it begins"


class MeetingNotYet(Conflict):
    """Who came is recorded from the day of the meeting on."""

    code, title = "meeting-not-yet", "The meeting has not been held"


class MeetingCancelled(Conflict):
    """A meeting that was cancelled is not changed any more, and one that was held is not cancelled."""

    code, title = "meeting-cancelled-or-held", "The meeting's status does not allow this"


class SchoolsUnknown(Unprocessable):
    """The register holds no schools with the URNs in `urns`."""

    code, title = "schools-unknown", "Some of these schools are not in the register"
