"""Refusals about attempts."""

from datetime import datetime
from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class AssessmentClosed(Conflict):
    """No attempt may begin now; `gate` and `reasons` say why, `opens_at` when that is a matter of time."""

    code, title = "assessment-closed", "The assessment is not open to you now"

    def __init__(self, status: str, reasons: list[str], opens_at: datetime | None) -> None:
        told = {"gate": status, "reasons": reasons, "opens_at": opens_at.isoformat() if opens_at else None}
        super().__init__(" ".join(reasons), **told)


class AttemptInProgress(Conflict):
    """One attempt at a time."""

    code, title = "attempt-in-progress", "An attempt is in progress"

    def __init__(self, attempt_id: UUID) -> None:
        super().__init__(
            f"You began an attempt that is not over: GET /v1/assessment-attempts/{attempt_id} shows it.",
            attempt_id=str(attempt_id),
        )


class AttemptNotFound(NotFound):
    """No attempt of that id, or another's."""

    code, title = "assessment-attempt-not-found", "No such attempt"

    def __init__(self) -> None:
        super().__init__("There is no such attempt.")


class AttemptOver(Conflict):
    """The attempt takes no more answers: it was handed in, or its time was up."""

    code, title = "attempt-over", "The attempt is over"

    def __init__(self, at: datetime) -> None:
        super().__init__(
            f"This attempt ended on {at:%-d %B %Y at %H:%M:%S} UTC. What had been saved by then is what is marked.",
            ended_at=at.isoformat(),
        )


class AnswerNotOffered(Unprocessable):
    """An answer names a question or an option that is not on the paper."""

    code, title = "answer-not-offered", "Not on your paper"


class NotSatHere(Conflict):
    """The assessment is sat at a provider, or with us, and the request is for the other."""

    code, title = "attempt-sat-elsewhere", "The attempt is sat elsewhere"

    def __init__(self, is_ours: bool) -> None:
        where = "here: answers are saved and handed in" if is_ours else "at a provider: POST …/launch gives the way"
        super().__init__(f"This attempt is sat {where}.")


class AssessorOfTheAssessment(Forbidden):
    """Who can read the questions does not sit them."""

    code, title = "assessor-of-the-assessment", "Assessors do not sit their own assessment"

    def __init__(self) -> None:
        super().__init__("You are an assessor of this assessment and can read its questions and answers.")
