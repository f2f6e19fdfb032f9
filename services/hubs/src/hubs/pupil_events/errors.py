"""Refusals about events for pupils."""

from chassis.errors import Conflict, NotFound, Unprocessable


class PupilEventNotFound(NotFound):
    """There is no such event, or it is not the caller's to see."""

    code, title = "pupil-event-not-found", "No such event"


class OrganiserNotYours(NotFound):
    """There is no such hub or organisation for which the caller runs events."""

    code, title = "organiser-not-yours", "There is no such organiser of yours"


class PupilEventWrong(Unprocessable):
    """The event does not fit the programme it is of."""

    code, title = "pupil-event-wrong", "The event does not fit its programme"


class PupilEventNotOpen(Conflict):
    """The event has begun, was called off, or is not offered yet."""

    code, title = "pupil-event-not-open", "The event takes no bookings"


class PupilEventHeld(Conflict):
    """The event has begun, or its attendance was told."""

    code, title = "pupil-event-held", "The event has begun"


class PupilCapacityTaken(Conflict):
    """More pupils or schools are booked than the event is to take."""

    code, title = "pupil-capacity-taken", "More are booked"


class PupilPlacesShort(Conflict):
    """Fewer places are left than the school asks for."""

    code, title = "pupil-places-short", "There are not so many places left"


class SchoolNotEnrolled(Conflict):
    """The school does not take part in the programme in the event's academic year."""

    code, title = "school-not-enrolled", "The school does not take part in the programme"


class PupilsBookedAlready(Conflict):
    """The school has a booking of this event; its numbers can be changed."""

    code, title = "pupils-booked-already", "Your school has a booking of this event"


class PupilBookingNotFound(NotFound):
    """There is no such booking, or it is not the caller's to see."""

    code, title = "pupil-booking-not-found", "No such booking"


class PupilBookingCancelled(Conflict):
    """The booking was cancelled."""

    code, title = "pupil-booking-cancelled", "The booking was cancelled"


class AttendanceTooEarly(Conflict):
    """Attendance is told from the day of the event on."""

    code, title = "attendance-too-early", "The event has not taken place"


class AttendanceSettled(Conflict):
    """The academic year is over and its figures are settled."""

    code, title = "attendance-settled", "The figures of that year are settled"


class AttendanceWrong(Unprocessable):
    """The numbers do not fit each other, the bookings, or what the programme counts."""

    code, title = "attendance-wrong", "The numbers do not fit"
