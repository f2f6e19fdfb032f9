"""Refusals about the way to chartered status."""

from collections.abc import Sequence

from chassis.errors import Conflict, NotFound, Unprocessable


class CharteredPathwayNotFound(NotFound):
    """No pathway of that name is in force."""

    code, title = "chartered-pathway-not-found", "No such pathway to chartered status"

    def __init__(self) -> None:
        super().__init__("There is no pathway of that name in force. GET /v1/chartered-pathways lists them.")


class ApplicationNotFound(NotFound):
    """No application of that id, or another teacher's."""

    code, title = "chartered-application-not-found", "No such application"

    def __init__(self) -> None:
        super().__init__("There is no application with this id. GET /v1/chartered-applications lists yours.")


class AlreadyApplied(Conflict):
    """One application at a time."""

    code, title = "chartered-already-applied", "An application is under way"

    def __init__(self, status: str) -> None:
        super().__init__(f"You have an application on this pathway that is {status}.")


class ApplicationNotOpen(Conflict):
    """The application is not at a point where this can be done."""

    code, title = "chartered-application-not-open", "Not possible at this point of the application"

    def __init__(self, status: str, step: str) -> None:
        super().__init__(f"This application is {status}; {step}.")


class StatementNotAsked(Unprocessable):
    """The pathway has no such need for a statement."""

    code, title = "statement-not-asked-for", "No statement of that name is asked for"

    def __init__(self, need: str) -> None:
        super().__init__(f"This pathway asks for no statement {need!r}.")


class EvidenceMissing(Conflict):
    """Something that a stage needs is not there."""

    code, title = "chartered-evidence-missing", "A stage is not met"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"Not met yet: {'; '.join(missing)}.", missing=list(missing))


class ConsentMissing(Conflict):
    """Nothing is sent without a consent that stands."""

    code, title = "consent-missing", "Consent comes first"

    def __init__(self) -> None:
        super().__init__("Agree first to what is sent: PUT /v1/chartered-applications/{id}/consent.")


class ConsentNotStanding(Conflict):
    """There is no consent to take back, or it was used: what was sent was sent."""

    code, title = "consent-not-standing", "There is no consent to take back"

    def __init__(self) -> None:
        super().__init__("No consent stands. What was sent can be withdrawn with the whole application.")
