"""Refusals about organisations of groups."""

from chassis.errors import Unprocessable


class OrganisationsNotAsked(Unprocessable):
    """The project counts schools or people: organisations take part in others."""

    code, title = "organisations-not-asked", "This project is not for organisations"
