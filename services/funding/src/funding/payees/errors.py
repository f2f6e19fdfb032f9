"""Refusals about payees."""

from uuid import UUID

from chassis.errors import Conflict, NotFound, Unprocessable


class PayeeNotFound(NotFound):
    """There is no such payee."""

    code, title = "payee-not-found", "No such payee"

    def __init__(self, payee_id: UUID) -> None:
        super().__init__(f"There is no payee {payee_id}.")


class PayeeDetailsNotFound(NotFound):
    """The payee has no such version of its details."""

    code, title = "payee-details-not-found", "No such bank details"


class PayeeExists(Conflict):
    """There is a payee of this kind and number."""

    code, title = "payee-exists", "There is such a payee"


class PayeeDetailsUndecided(Conflict):
    """An earlier change of the details waits for a decision."""

    code, title = "payee-details-undecided", "Another change waits to be decided"


class PayeeDetailsDecided(Conflict):
    """The details were approved or declined before."""

    code, title = "payee-details-decided", "Already decided"


class PayeeCollectsElsewhere(Conflict):
    """Somebody else takes the money of one that is named."""

    code, title = "payee-collects-elsewhere", "Somebody else takes that money"


class AccountInvalid(Unprocessable):
    """Sort code and account number cannot be right."""

    code, title = "account-invalid", "There can be no such account"


class NotConfirmed(Unprocessable):
    """Details are approved once somebody has made sure of them in another way."""

    code, title = "details-not-confirmed", "Say how the details were confirmed"
