"""Refusals about equipment."""

from chassis.errors import Conflict, NotFound, Unprocessable


class KitNotFound(NotFound):
    """There is no such kit, or it is of a hub to which the caller does not belong."""

    code, title = "kit-not-found", "No such kit"


class KitNotLent(Conflict):
    """The kit was withdrawn, is lost, is being repaired, or is not back yet."""

    code, title = "kit-not-lent", "The kit cannot be lent now"


class KitInUse(Conflict):
    """The kit is promised or out."""

    code, title = "kit-in-use", "The kit is promised or out"


class KitTaken(Conflict):
    """The kit is promised or out on some of these days."""

    code, title = "kit-taken", "The kit is somebody's on these days"


class OwnKit(Conflict):
    """A school does not borrow what it owns."""

    code, title = "own-kit", "The kit is your school's own"


class LoanDaysWrong(Unprocessable):
    """The days are over, too far ahead, or more than the kit is lent for."""

    code, title = "loan-days-wrong", "The days are wrong"


class LoanAskedAlready(Conflict):
    """The school has asked for the kit, or has it, on some of these days."""

    code, title = "loan-asked-already", "Your school has asked for it already"


class LoanNotFound(NotFound):
    """There is no such loan, or it is not the caller's to see."""

    code, title = "loan-not-found", "No such loan"


class LoanStepNotPossible(Conflict):
    """What was asked for does not follow from where the loan stands."""

    code, title = "loan-step-not-possible", "The loan does not allow that"


class ReturnWrong(Unprocessable):
    """What came back does not fit what went out, or damage is not described."""

    code, title = "return-wrong", "The return does not add up"


class DamageReportNotFound(NotFound):
    """There is no such report, or the kit is not the caller's."""

    code, title = "damage-report-not-found", "No such report"


class DamageDecided(Conflict):
    """The report has its outcome."""

    code, title = "damage-decided", "The report has its outcome"


class DamageWrong(Unprocessable):
    """More items than the kit has."""

    code, title = "damage-wrong", "The report does not add up"
