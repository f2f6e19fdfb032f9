"""Refusals about successions."""

from chassis.errors import Conflict, NotFound, Unprocessable


class SuccessionNotFound(NotFound):
    """No succession waits or waited under this id."""

    code, title = "succession-not-found", "No such succession"


class SuccessionSettled(Conflict):
    """The register's links no longer leave it open who carries on."""

    code, title = "succession-settled", "The register settles this"


class NotACandidate(Unprocessable):
    """Only schools that the register links can carry on or be carried on."""

    code, title = "not-a-candidate", "Not one of the candidates"
