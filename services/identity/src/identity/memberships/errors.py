"""Refusals about roles at organisations."""

from chassis.errors import Conflict, Forbidden, Gone, NotFound, Unprocessable


class HeldRoleNotFound(NotFound):
    """There is no such role, or it is not held at an organisation of the caller's."""

    code, title = "held-role-not-found", "Nobody holds this role"


class RoleNotYours(Forbidden):
    """The caller's own role does not let them grant this one there."""

    code, title = "role-not-yours", "This role is not yours to grant"


class RoleNeedsTwo(Conflict):
    """The strongest roles are granted by two administrators."""

    code, title = "role-needs-two", "Two administrators have to grant this role"


class RoleMisplaced(Unprocessable):
    """A role at an organisation without one, or one that is held everywhere with one."""

    code, title = "role-misplaced", "The role cannot be held there"


class RoleHeldAlready(Conflict):
    """The person holds the role there until further notice."""

    code, title = "role-held-already", "The role is held already"


class LastAdministrator(Conflict):
    """Nobody would be left who can grant roles."""

    code, title = "last-administrator", "This is the last administrator"


class InvitationNotValid(Gone):
    """The token is unknown, used, withdrawn or expired, or whoever invited may not invite any more."""

    code, title = "invitation-not-valid", "The invitation is not valid"

    def __init__(self) -> None:
        super().__init__("It was used already, withdrawn or is too old. Ask for another one.")


class InvitationNotFound(NotFound):
    """There is no such open invitation, or it is not the caller's organisation's."""

    code, title = "invitation-not-found", "No such invitation"


class AccountDetailsMissing(Unprocessable):
    """Without an account for the address yet, name and password are needed."""

    code, title = "account-details-missing", "Name and password are needed"


class ProposalNotFound(NotFound):
    """There is no such proposal."""

    code, title = "role-proposal-not-found", "No such proposal"


class ProposalDecided(Conflict):
    """The proposal was decided already."""

    code, title = "role-proposal-decided", "It was decided already"


class SecondAdministratorNeeded(Forbidden):
    """Neither the proposer nor the person decides."""

    code, title = "second-administrator-needed", "Another administrator has to decide"
