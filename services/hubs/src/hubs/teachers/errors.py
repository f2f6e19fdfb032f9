"""Refusals about who is a teacher."""

from chassis.errors import Forbidden, Unprocessable


class TeachersOnly(Forbidden):
    """The caller is signed in and is not a teacher at a school."""

    code, title = "teachers-only", "Only a teacher can do this"


class TeacherUnknown(Unprocessable):
    """No registered teacher has this id, as far as this service has heard."""

    code, title = "teacher-unknown", "No such teacher is known"
