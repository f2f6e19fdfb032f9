"""Refusals about people."""

from chassis.errors import NotFound


class PersonNotFound(NotFound):
    """The caller's token is good, but nobody is behind it any more."""

    code, title = "person-not-found", "No such person"
