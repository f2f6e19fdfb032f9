"""Refusals about re-markings."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class ReMarkingNotFound(NotFound):
    """No re-marking of that id, or at another organisation's assessment."""

    code, title = "re-marking-not-found", "No such re-marking"

    def __init__(self) -> None:
        super().__init__("There is no such re-marking.")


class ReMarkingDecided(Conflict):
    """A decision stands."""

    code, title = "re-marking-decided", "It has been decided on"

    def __init__(self, status: str) -> None:
        super().__init__(f"This re-marking is {status}; a decision is not made twice.")


class ReMarkingUnderWay(Conflict):
    """One at a time for a question."""

    code, title = "re-marking-under-way", "The question is being looked at"

    def __init__(self) -> None:
        super().__init__("A re-marking of this question waits for a decision or is running.")


class OwnReMarking(Forbidden):
    """Two people say that a question was wrong."""

    code, title = "own-re-marking", "A second person decides"

    def __init__(self) -> None:
        super().__init__("You proposed this re-marking. Another assessor has to decide on it.")


class OptionUnknown(Unprocessable):
    """The question has no option of that wording."""

    code, title = "option-unknown", "No such option"

    def __init__(self) -> None:
        super().__init__("Name options of the question word for word, as its bank has them.")
