"""Refusals about checks of earned certificates."""

from chassis.errors import Conflict, Forbidden, NotFound


class AwardCheckNotFound(NotFound):
    """No check has this id."""

    code, title = "award-check-not-found", "No such check of an award"

    def __init__(self) -> None:
        super().__init__("There is no check with this id. GET /v1/award-checks lists them.")


class AwardCheckClosed(Conflict):
    """What was awarded is revoked, if need be, and not checked again."""

    code, title = "award-check-closed", "The certificate was awarded"

    def __init__(self) -> None:
        super().__init__("Two people agreed to this award. What speaks against it now is said in a revocation.")


class AwardCheckRecommended(Conflict):
    """One recommendation at a time."""

    code, title = "award-check-recommended", "A recommendation waits"

    def __init__(self) -> None:
        super().__init__("Somebody has recommended what to do. Another administrator has to decide on that first.")


class AwardCheckNotRecommended(Conflict):
    """There is nothing to decide on yet."""

    code, title = "award-check-without-recommendation", "Nothing is recommended yet"

    def __init__(self) -> None:
        super().__init__("Recommend first whether to award or to withhold; another administrator decides.")


class NoLongerEarned(Conflict):
    """Its ground has gone since it was drawn."""

    code, title = "award-no-longer-earned", "The certificate is not earned any more"

    def __init__(self) -> None:
        super().__init__("What it was earned by was corrected. The check waits until the certificate is earned again.")


class OwnAwardCheck(Forbidden):
    """Two people, neither of whom is the holder."""

    code, title = "own-award-check", "Somebody else decides"

    def __init__(self) -> None:
        super().__init__("You recommended this, or the certificate is yours. Somebody else has to decide on it.")
