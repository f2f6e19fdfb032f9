"""Refusals about diagnostics."""

from chassis.errors import NotFound, Unprocessable


class DiagnosticNotFound(NotFound):
    """No diagnostic of that name is in force."""

    code, title = "diagnostic-not-found", "No such diagnostic"

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no diagnostic {slug!r}. GET /v1/diagnostics lists them.")


class AnswersDoNotFit(Unprocessable):
    """An answer is missing, given twice, or none of those offered."""

    code, title = "answers-do-not-fit", "The answers do not fit the questions"
