"""Refusals about centres."""

from chassis.errors import Conflict, NotFound, Unprocessable


class CentreNotFound(NotFound):
    """There is no such centre, or it is not the caller's to keep."""

    code, title = "centre-not-found", "No such centre"


class CentreNameTaken(Conflict):
    """The hub has a centre, or the centre a space, of this name."""

    code, title = "centre-name-taken", "The name is taken"


class CentreStepNotPossible(Conflict):
    """A centre goes from planned to open to closed."""

    code, title = "centre-step-not-possible", "The centre cannot become that"


class SpaceNotFound(NotFound):
    """There is no such space, or it is not the caller's to keep."""

    code, title = "space-not-found", "No such space"


class SpaceTaken(Conflict):
    """The space is booked at that time."""

    code, title = "space-taken", "The space is booked then"


class SpaceNotBookable(Conflict):
    """The centre is not open, or the space is not for booking."""

    code, title = "space-not-bookable", "The space cannot be booked"


class CentreShut(Conflict):
    """The centre is not open at that time of the week."""

    code, title = "centre-shut", "The centre is shut then"


class SpaceTooSmall(Conflict):
    """More people than the space has room for."""

    code, title = "space-too-small", "The space is too small"


class BookingTimeWrong(Unprocessable):
    """A time that is over, too far ahead, or on more than one day."""

    code, title = "booking-time-wrong", "The time is wrong"


class SpaceBookingNotFound(NotFound):
    """There is no such booking, or it is not the caller's to see."""

    code, title = "space-booking-not-found", "No such booking"


class SpaceBookingOver(Conflict):
    """The booked time has begun."""

    code, title = "space-booking-over", "The booked time has begun"
