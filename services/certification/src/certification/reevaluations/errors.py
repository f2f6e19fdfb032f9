"""Refusals about re-evaluations."""

from chassis.errors import Conflict, NotFound, Unprocessable


class ReEvaluationNotFound(NotFound):
    """No re-evaluation has this id."""

    code, title = "re-evaluation-not-found", "No such re-evaluation"

    def __init__(self) -> None:
        super().__init__("There is no re-evaluation with this id. GET /v1/re-evaluations lists them.")


class ReEvaluationUnderWay(Conflict):
    """One at a time moves the people of a scheme."""

    code, title = "re-evaluation-under-way", "Another one is moving people of this scheme"

    def __init__(self, scheme: str) -> None:
        super().__init__(f"People of {scheme!r} are being moved already. Wait until that is finished, or cancel it.")


class TargetUnsuitable(Unprocessable):
    """What to look at does not go with what to do."""

    code, title = "re-evaluation-target", "The target does not go with the action"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
