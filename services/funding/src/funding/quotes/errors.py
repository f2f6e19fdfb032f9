"""Refusals about quotes."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound


class QuoteNotFound(NotFound):
    """There is no such quote, or it is not the caller's."""

    code, title = "quote-not-found", "No such quote"

    def __init__(self, quote_id: UUID) -> None:
        super().__init__(f"There is no quote {quote_id} that you may see.")


class CourseRunNotFound(NotFound):
    """There is no such run."""

    code, title = "course-run-not-found", "No such course run"

    def __init__(self, course_run_id: UUID) -> None:
        super().__init__(
            f"No course run {course_run_id} is known here.",
            hint="A run planned a moment ago arrives here within seconds.",
        )


class RunNotOpen(Conflict):
    """The run has begun, or takes no bookings here."""

    code, title = "run-not-open", "The run takes no bookings"


class TeachersOnly(Forbidden):
    """The caller is signed in and is not a teacher at a school."""

    code, title = "teachers-only", "Only a teacher can do this"
