"""Refusals of registers."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class RegisterNotFound(NotFound):
    """There is no such run, or its hub is not the caller's."""

    code, title = "register-not-found", "No such register"


class RegisterNotDue(Conflict):
    """The run has not begun."""

    code, title = "register-not-due", "The run has not begun"


class EarlyMarkingRefused(Forbidden):
    """Only the hub's lead may mark a register before the run begins."""

    code, title = "early-marking-refused", "Only the hub's lead may mark early"


class NotOnRegister(Unprocessable):
    """An entry names a booking that this run does not have, or that was cancelled."""

    code, title = "not-on-register", "A booking is not on this register"


class HoursRequired(Unprocessable):
    """The course states no hours, so the register must."""

    code, title = "hours-required", "Say how many hours were attended"


class TooManyHours(Unprocessable):
    """More hours than the course has."""

    code, title = "too-many-hours", "More hours than the course has"


class CorrectionNeedsReason(Unprocessable):
    """An attendance was counted; taking it back or changing its hours needs a reason."""

    code, title = "correction-needs-reason", "Say why the register is corrected"
