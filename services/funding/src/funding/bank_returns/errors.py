"""Refusals about what the bank sent back."""

from uuid import UUID

from chassis.errors import Conflict, NotFound, Unprocessable


class BankReturnNotFound(NotFound):
    """There is no such import."""

    code, title = "bank-return-not-found", "No such import"

    def __init__(self, import_id: UUID) -> None:
        super().__init__(f"There is no import {import_id}.")


class BankReturnLineNotFound(NotFound):
    """There is no such line."""

    code, title = "bank-return-line-not-found", "No such line"

    def __init__(self, line_id: UUID) -> None:
        super().__init__(f"There is no line {line_id}.")


class BankReturnUnreadable(Unprocessable):
    """The file is not what it has to be; nothing of it was imported."""

    code, title = "bank-return-unreadable", "The file cannot be read"


class BankReturnLineSettled(Conflict):
    """The line does not wait for this."""

    code, title = "bank-return-line-settled", "The line does not wait for this"


class NotThisPayment(Conflict):
    """The payment did not come back by this line."""

    code, title = "not-this-payment", "The payment did not come back so"
