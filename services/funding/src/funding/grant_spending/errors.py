"""Refusals about spending and returns."""

from chassis.errors import Conflict, NotFound


class ReturnNotFound(NotFound):
    """The award has no such return."""

    code, title = "grant-return-not-found", "No such return"


class ReturnReceived(Conflict):
    """The money came back before."""

    code, title = "grant-return-received", "Received already"


class NotPaidYet(Conflict):
    """What is due back has not been paid to the recipient yet."""

    code, title = "grant-return-not-paid-yet", "It has not been paid yet"


class SpentLater(Conflict):
    """The day of spending is still to come."""

    code, title = "grant-spent-later", "That day is still to come"
