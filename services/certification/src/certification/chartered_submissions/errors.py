"""Refusals about what was sent to who decides."""

from chassis.errors import Gone, NotFound, Unprocessable


class SubmissionNotFound(NotFound):
    """Nothing of that id was sent to the organisation that asks."""

    code, title = "chartered-submission-not-found", "No such submission"

    def __init__(self) -> None:
        super().__init__("Nothing with this id was sent to you. GET /v1/chartered-submissions lists what was.")


class SubmissionWithdrawn(Gone):
    """The teacher withdrew the application."""

    code, title = "chartered-submission-withdrawn", "The application was withdrawn"

    def __init__(self) -> None:
        super().__init__("The teacher has withdrawn this application: its evidence is not handed out any more.")


class DecisionDays(Unprocessable):
    """The days of a decision do not fit together."""

    code, title = "decision-days", "The days of the decision do not fit"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
