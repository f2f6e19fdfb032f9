"""Refusals of bookings."""

from chassis.errors import Conflict, NotFound


class BookingNotFound(NotFound):
    """There is no such booking, it is not the caller's to see, or word of it has not arrived yet."""

    code, title = "booking-not-found", "No such booking"


class RunFull(Conflict):
    """Every place is taken."""

    code, title = "run-full", "Every place is taken"


class AlreadyBooked(Conflict):
    """The teacher holds a place on this run."""

    code, title = "already-booked", "You hold a place on this run"


class RunNotOpen(Conflict):
    """The run has begun, or takes no bookings here."""

    code, title = "run-not-open", "The run takes no bookings"


class BookingStarted(Conflict):
    """The run has begun or the register is marked: the place cannot be given up any more."""

    code, title = "booking-started", "It is too late to cancel"
