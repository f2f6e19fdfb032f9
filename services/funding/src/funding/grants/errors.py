"""Refusals about awards."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class GrantNotFound(NotFound):
    """There is no such award, or it is not the caller's."""

    code, title = "grant-not-found", "No such grant"

    def __init__(self, grant_id: UUID) -> None:
        super().__init__(f"There is no grant {grant_id} that you may see.")


class GrantNotAsNeeded(Conflict):
    """The award is not in a state in which this can be done."""

    code, title = "grant-not-in-state", "Not as the grant stands"


class GrantExists(Conflict):
    """The recipient has a live award of this card for the same reference."""

    code, title = "grant-exists", "Awarded or proposed already"


class SameGrantPerson(Forbidden):
    """One person would do two of the steps that need different people."""

    code, title = "grant-needs-second-person", "Another person has to do this"


class InstalmentsDoNotAddUp(Unprocessable):
    """The instalments are not the part of the award that our budget pays."""

    code, title = "instalments-do-not-add-up", "The instalments do not add up"


class FindingsNotAccepted(Unprocessable):
    """The calculation has findings, and nobody said why that is all right."""

    code, title = "findings-not-accepted", "The calculation has findings"


class NothingToGrant(Unprocessable):
    """The calculation comes to no money: what it gives is in kind."""

    code, title = "nothing-to-grant", "There is no money in it"


class SeveralFunders(Unprocessable):
    """More than one fund of ours would pay it, and an award is of one budget."""

    code, title = "grant-of-several-funders", "One award has one budget"


class AnotherAgreement(Conflict):
    """The recipient agreed to another version than the award is made under."""

    code, title = "another-agreement", "Not the agreement of this award"


class SourceNotFound(NotFound):
    """The award has no external part of this number."""

    code, title = "grant-source-not-found", "No such part"


class SourceNotAsNeeded(Conflict):
    """The external part cannot take this step."""

    code, title = "grant-source-not-in-state", "Not as the part stands"
