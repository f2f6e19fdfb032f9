"""Refusals about endorsements."""

from chassis.errors import Conflict, NotFound, Unprocessable


class EndorsementRequestNotFound(NotFound):
    """No request of that id, or not addressed to the organisation that asks."""

    code, title = "endorsement-request-not-found", "No such request"

    def __init__(self) -> None:
        super().__init__("There is no such request. GET /v1/endorsement-requests lists those that concern you.")


class EndorsementNotFound(NotFound):
    """No endorsement of that id, or another organisation's."""

    code, title = "endorsement-not-found", "No such endorsement"

    def __init__(self) -> None:
        super().__init__("There is no such endorsement. GET /v1/endorsements lists those that concern you.")


class NothingToEndorse(Unprocessable):
    """What is to be endorsed is not the teacher's, or there is no such organisation or scheme."""

    code, title = "nothing-to-endorse", "There is nothing of that kind to endorse"


class AlreadyEndorsed(Conflict):
    """One endorsement for each request, and one that stands for each scheme."""

    code, title = "already-endorsed", "Endorsed already"

    def __init__(self) -> None:
        super().__init__("Your organisation has endorsed this already.")
