"""Refusals about statements."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound


class StatementNotFound(NotFound):
    """There is no such statement, or it is another's."""

    code, title = "statement-not-found", "No such statement"

    def __init__(self, statement_id: UUID) -> None:
        super().__init__(f"There is no statement {statement_id} that you may see.")


class MonthNotOver(Conflict):
    """A month is closed once it is over."""

    code, title = "month-not-over", "The month is not over"


class StatementSettled(Conflict):
    """The statement was settled before."""

    code, title = "statement-settled", "Already settled"


class ClosedByYou(Forbidden):
    """Whoever closed a statement does not settle it."""

    code, title = "closed-by-you", "Another person has to do this"


class PartyNotYours(Forbidden):
    """The party is not one whose statements the caller may see, or none is named and the caller has several."""

    code, title = "party-not-yours", "Not a party of yours"
