"""Refusals about plans."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class HubPlanNotFound(NotFound):
    """There is no such plan, or it is not the caller's to see."""

    code, title = "hub-plan-not-found", "There is no such plan"


class HubPlanExists(Conflict):
    """The hub has a plan for this network and year."""

    code, title = "hub-plan-exists", "The plan has been begun"


class HubPlanStepNotPossible(Conflict):
    """The plan is not where this step begins: only what is not handed in is edited, only what is, is decided on."""

    code, title = "hub-plan-step-not-possible", "The plan is not ready for this"


class HubPlanLineWrong(Unprocessable):
    """A line names no project of the network, or no strand of the project, or one twice."""

    code, title = "hub-plan-line-wrong", "A line of the plan is wrong"


class HubPlanWindowClosed(Conflict):
    """The network takes plans in from `opens_on` to `closes_on`; its national team may open one plan for longer."""

    code, title = "hub-plan-window-closed", "Plans are not taken in today"


class HubPlanUnexplained(Unprocessable):
    """The plan is against rules of the network, and the hub has not said why; `findings` are the faults."""

    code, title = "hub-plan-unexplained", "Say why the plan is against rules"


class SecondPlannerNeeded(Forbidden):
    """Who handed a plan in does not decide on it."""

    code, title = "second-planner-needed", "Another person decides on the plan"
