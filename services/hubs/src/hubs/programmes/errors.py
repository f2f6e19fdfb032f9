"""Refusals about programmes."""

from chassis.errors import Conflict, NotFound, Unprocessable


class ProgrammeNotFound(NotFound):
    """There is no such programme."""

    code, title = "programme-not-found", "No such programme"


class ProgrammeSlugTaken(Conflict):
    """Another programme has this short name."""

    code, title = "programme-slug-taken", "Another programme has this short name"


class ProgrammeYearsWrong(Unprocessable):
    """The years are none, or end before they begin."""

    code, title = "programme-years-wrong", "The academic years are wrong"


class ProgrammeNotRunning(Conflict):
    """The programme does not run in that academic year, or the year is over."""

    code, title = "programme-not-running", "The programme does not run in that year"


class SchoolNotEligible(Conflict):
    """The school is closed, elsewhere, or not of the kind the programme is for."""

    code, title = "school-not-eligible", "The school cannot take part"


class SchoolEnrolledAlready(Conflict):
    """The school takes part already."""

    code, title = "school-enrolled-already", "The school takes part already"


class EnrolmentNotFound(NotFound):
    """There is no such enrolment, or it is another school's."""

    code, title = "programme-enrolment-not-found", "No such enrolment"


class EnrolmentHasBookings(Conflict):
    """The school has pupils booked on events to come."""

    code, title = "enrolment-has-bookings", "Pupils are booked on events to come"
