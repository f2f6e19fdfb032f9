"""Refusals of proposals."""

from collections.abc import Sequence

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable
from hubs.projects.problems import Problem

MOST_NAMED = 100


class NetworkFileWrong(Unprocessable):
    """The file cannot be taken; `problems` names each fault with its path and line. Nothing was kept."""

    code, title = "network-file-wrong", "The file cannot be taken"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        place = ", ".join(part for part in (first.where(), first.line and f"line {first.line}") if part)
        super().__init__(
            f"{len(problems)} problems; the first{f' is at {place}' if place else ''}: {first.says}",
            problems=[{**one.model_dump(), "where": one.where()} for one in problems[:MOST_NAMED]],
            problems_count=len(problems),
        )


class NetworkFileUnchanged(Conflict):
    """The file says what is in force."""

    code, title = "network-file-unchanged", "This is in force already"


class NetworkProposalNotFound(NotFound):
    """There is no such proposal, or it is another network's."""

    code, title = "network-proposal-not-found", "There is no such proposal"


class NetworkProposalDecided(Conflict):
    """The proposal has been approved or refused."""

    code, title = "network-proposal-decided", "The proposal has been decided"


class NetworkProposalOvertaken(Conflict):
    """Something else came into force since; propose the file again, and compare it with what is in force now."""

    code, title = "network-proposal-overtaken", "Something else came into force"


class SecondNetworkLeadNeeded(Forbidden):
    """Who proposed a change does not decide on it."""

    code, title = "second-network-lead-needed", "Another person of the national team decides"


class NotOfTheNationalTeam(Forbidden):
    """The network belongs to another national team."""

    code, title = "not-of-the-national-team", "Another team looks after this network"
