"""Refusals about resets."""

from chassis.errors import Conflict, Forbidden, NotFound


class ResetNotFound(NotFound):
    """No such reset waits for a decision."""

    code, title = "factor-reset-not-found", "There is no such reset"

    def __init__(self) -> None:
        super().__init__("It was decided already, or never asked for.")


class ResetOpenAlready(Conflict):
    """Somebody has asked for it already."""

    code, title = "factor-reset-open", "Asked for already"

    def __init__(self) -> None:
        super().__init__("It waits for the decision of another administrator.")


class ResetTakesTwo(Forbidden):
    """Neither one's own factors nor one's own request."""

    code, title = "factor-reset-takes-two", "This takes two administrators"

    def __init__(self) -> None:
        super().__init__("Somebody asks for it and somebody else decides, neither of them for themself.")
