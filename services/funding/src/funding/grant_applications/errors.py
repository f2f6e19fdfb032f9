"""Refusals about calls and applications."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class CallNotFound(NotFound):
    """There is no such call."""

    code, title = "grant-call-not-found", "No such call"

    def __init__(self, call_id: UUID) -> None:
        super().__init__(f"There is no call {call_id}.")


class ApplicationNotFound(NotFound):
    """There is no such application, or it is not the caller's."""

    code, title = "grant-application-not-found", "No such application"

    def __init__(self, application_id: UUID) -> None:
        super().__init__(f"There is no application {application_id} that you may see.")


class CallNotOpen(Conflict):
    """The call's window has not begun or is over."""

    code, title = "grant-call-not-open", "The call is not open"


class NotYourOrganisation(Forbidden):
    """The caller does not speak for the organisation that applies."""

    code, title = "not-your-organisation", "You do not speak for it"


class AnswersRefused(Unprocessable):
    """Answers are missing, not asked for, or of the wrong kind; each is named."""

    code, title = "grant-answers-refused", "The form is not filled in as it asks"

    def __init__(self, faults: dict[str, str]) -> None:
        fields = [
            {"pointer": f"/answers/{name}", "code": "answer", "detail": says} for name, says in sorted(faults.items())
        ]
        super().__init__("; ".join(f"{name}: {says}" for name, says in sorted(faults.items())), errors=fields)


class AppliedAlready(Conflict):
    """The organisation has a live application to this call."""

    code, title = "grant-applied-already", "Applied already"


class ApplicationNotAsNeeded(Conflict):
    """The application is not in a state in which this can be done."""

    code, title = "grant-application-not-in-state", "Not as the application stands"


class ScoredAlready(Conflict):
    """The caller has scored it, or declared a conflict of interest."""

    code, title = "grant-scored-already", "Scored, or barred from scoring"


class PointsRefused(Unprocessable):
    """The points are not those of the call's criteria."""

    code, title = "grant-points-refused", "Not the call's criteria"


class TooFewScores(Conflict):
    """Fewer people have scored than the call asks for."""

    code, title = "grant-too-few-scores", "More people have to score"


class NotThisPerson(Forbidden):
    """Somebody who applied, scored or moderated cannot take this step."""

    code, title = "grant-application-needs-another-person", "Another person has to do this"
