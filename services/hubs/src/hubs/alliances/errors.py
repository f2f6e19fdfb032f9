"""Refusals of alliances."""

from chassis.errors import Conflict, NotFound, Unprocessable


class AllianceNotFound(NotFound):
    """There is no such alliance, or the caller has nothing to do with it."""

    code, title = "alliance-not-found", "No such alliance of yours"


class AllianceSchoolUnknown(Unprocessable):
    """An alliance is of open schools of the register."""

    code, title = "alliance-school-unknown", "No such open school"


class AllianceStepWrong(Conflict):
    """The alliance's status, or the school's part in it, does not allow this."""

    code, title = "alliance-step-wrong", "The alliance does not allow that now"


class AlreadyInAlliance(Conflict):
    """A school is in one alliance at a time, and asked into each once."""

    code, title = "already-in-alliance", "The school is in an alliance already"


class AllianceTooSmall(Conflict):
    """Fewer schools have consented than a hub needs."""

    code, title = "alliance-too-small", "Too few schools for a hub"


class GuestNotFound(NotFound):
    """The hub has no such guest."""

    code, title = "hub-guest-not-found", "No such guest of this hub"


class GuestDaysWrong(Unprocessable):
    """A guest is admitted for days to come, up to two years, and leaves no earlier than they came."""

    code, title = "hub-guest-days-wrong", "The days of the guest are wrong"
