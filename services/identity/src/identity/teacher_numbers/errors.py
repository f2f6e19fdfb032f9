"""Refusals about teacher reference numbers."""

from chassis.errors import Conflict, Forbidden


class TrnVerified(Conflict):
    """A verified number is changed by an administrator only."""

    code, title = "trn-verified", "Your number is verified already"


class TrnTaken(Conflict):
    """Two people cannot have the same verified number: one of the accounts is a duplicate, or one number is wrong."""

    code, title = "trn-taken", "Another person has this number, verified"


class OwnTrn(Forbidden):
    """Nobody confirms what they said of themselves."""

    code, title = "own-trn", "Somebody else has to confirm your number"
