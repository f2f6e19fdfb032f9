"""Refusals of bookings."""

from chassis.errors import Conflict, NotFound, Unprocessable


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


class BookingStateConflict(Conflict):
    """What was asked for does not follow from where the booking stands."""

    code, title = "booking-state", "The booking does not allow that"


class OfferPassed(Conflict):
    """The hold or the offer ended before it was confirmed."""

    code, title = "offer-passed", "The place is held no longer"


class SchoolLimitReached(Conflict):
    """The run takes only so many teachers of one school."""

    code, title = "school-limit-reached", "Your school has its places on this run"


class OtherCourse(Unprocessable):
    """A transfer leads to another run of the same course only."""

    code, title = "other-course", "That run is of another course"


class NotYourColleagues(Unprocessable):
    """A group booking names people who are not known as teachers of the caller's school."""

    code, title = "not-your-colleagues", "Some are not teachers of your school"
