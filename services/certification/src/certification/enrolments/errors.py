"""Refusals about enrolments."""

from chassis.errors import Conflict, Unprocessable


class LogNotOpen(Conflict):
    """The registration has not reached this service yet."""

    code, title = "log-not-open", "The professional development log is not open yet"

    def __init__(self) -> None:
        super().__init__("Your registration is still on its way here. Try again in a few seconds.")


class AlreadyEnrolled(Conflict):
    """One enrolment per teacher and scheme."""

    code, title = "already-enrolled", "Already enrolled"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"You are enrolled in {scheme!r} already. GET /v1/progress shows how far you are.")


class SchemeNotForPhase(Unprocessable):
    """The scheme is for teachers of another phase."""

    code, title = "scheme-not-for-phase", "The scheme is for another phase"

    def __init__(self, scheme: str, phase: str) -> None:
        super().__init__(f"The scheme {scheme!r} is not open to teachers registered in the phase {phase!r}.")


class PrerequisiteMissing(Conflict):
    """The scheme is for holders of another certificate."""

    code, title = "prerequisite-missing", "Another certificate comes first"

    def __init__(self, scheme: str, missing: str) -> None:
        super().__init__(f"The scheme {scheme!r} is for holders of the certificate {missing!r}, which you do not have.")
