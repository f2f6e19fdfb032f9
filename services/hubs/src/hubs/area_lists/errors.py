"""Refusals of the registry."""

from collections.abc import Sequence

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable
from hubs.area_lists.rules import MOST_NAMED, RowProblem


class AreaListNotFound(NotFound):
    """There is no such list, or it is not approved and not the caller's to see."""

    code, title = "area-list-not-found", "There is no such list"


class AreaListRowsWrong(Unprocessable):
    """Rows cannot be taken; `rows` names them with line and reason. Nothing of the list was kept."""

    code, title = "area-list-rows-wrong", "Rows of the list cannot be taken"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        named = [problem.model_dump() for problem in problems[:MOST_NAMED]]
        super().__init__(
            f"{len(problems)} problems; the first is in row {problems[0].row}: {problems[0].detail}",
            rows=named,
            problems=len(problems),
        )


class AreaListUnreadable(Unprocessable):
    """The upload is not a CSV file in UTF-8 with the columns of a list."""

    code, title = "area-list-unreadable", "The file cannot be read as a list"


class AreaListUnchanged(Conflict):
    """The latest version says the same, row for row."""

    code, title = "area-list-unchanged", "This is the latest version already"


class AreaListDecided(Conflict):
    """The version has been approved or refused."""

    code, title = "area-list-decided", "The list has been decided"


class AreaListOvertaken(Conflict):
    """A later version has been approved; an older one cannot come into force behind it."""

    code, title = "area-list-overtaken", "A later version is approved"


class SecondPersonNeeded(Forbidden):
    """Who imported a list does not decide on it."""

    code, title = "second-person-needed", "Another person decides"
