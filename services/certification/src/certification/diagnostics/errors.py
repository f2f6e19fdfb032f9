"""Refusals about diagnostics."""

from chassis.errors import Conflict, NotFound, Unprocessable


class DiagnosticNotFound(NotFound):
    """No diagnostic of that name is in force."""

    code, title = "diagnostic-not-found", "No such diagnostic"

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no diagnostic {slug!r}. GET /v1/diagnostics lists them.")


class AnswersDoNotFit(Unprocessable):
    """An answer is missing, given twice, none of those offered, or to a question that is not asked."""

    code, title = "answers-do-not-fit", "The answers do not fit the questions"


class SittingNotFound(NotFound):
    """No sitting of that id, or another person's."""

    code, title = "diagnostic-sitting-not-found", "No such sitting"

    def __init__(self) -> None:
        super().__init__("There is no sitting with this id. POST /v1/diagnostic-sittings begins or resumes one.")


class SittingFinished(Conflict):
    """A finished sitting changes no more."""

    code, title = "diagnostic-sitting-finished", "The sitting is finished"

    def __init__(self) -> None:
        super().__init__("This sitting is finished; its result stands. Begin another to take the diagnostic again.")
