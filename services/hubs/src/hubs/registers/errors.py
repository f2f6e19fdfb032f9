"""Refusals of registers."""

from chassis.errors import Conflict, Forbidden, NotFound, TooManyRequests, Unprocessable


class RegisterNotFound(NotFound):
    """There is no such run, or the caller neither staffs its hub nor facilitates it."""

    code, title = "register-not-found", "No such register"


class SessionNotFound(NotFound):
    """The run has no such session."""

    code, title = "session-not-found", "The run has no such session"


class RegisterNotDue(Conflict):
    """The run, or the session, has not begun."""

    code, title = "register-not-due", "It has not begun"


class EarlyMarkingRefused(Forbidden):
    """Only the hub's lead may mark a register before the run begins."""

    code, title = "early-marking-refused", "Only the hub's lead may mark early"


class NotOnRegister(Unprocessable):
    """An entry names a booking that this run does not have, or that was cancelled."""

    code, title = "not-on-register", "A booking is not on this register"


class HoursRequired(Unprocessable):
    """The course states no hours, so the register must."""

    code, title = "hours-required", "Say how many hours were attended"


class TooManyHours(Unprocessable):
    """More hours than the course has."""

    code, title = "too-many-hours", "More hours than the course has"


class HoursFollowSessions(Unprocessable):
    """The run has sessions: hours follow from the minutes marked there, and are not stated beside them."""

    code, title = "hours-follow-sessions", "Mark the minutes of the sessions instead"


class TimesOutsideSession(Unprocessable):
    """Coming or going does not lie within the session, or going comes first."""

    code, title = "times-outside-session", "The times do not fit the session"


class TooManyMinutes(Unprocessable):
    """More minutes than the session has."""

    code, title = "too-many-minutes", "More minutes than the session has"


class MinutesRequired(Unprocessable):
    """By the clock nothing is left of the session, so the minutes must be stated."""

    code, title = "minutes-required", "Say how many minutes were attended"


class CorrectionNeedsReason(Unprocessable):
    """It was counted, or the sessions were marked otherwise, or the register is closed: that needs a reason."""

    code, title = "correction-needs-reason", "Say why the register is corrected"


class CorrectionByStaffOnly(Forbidden):
    """What was counted is corrected by the hub's staff, not by who facilitates the run."""

    code, title = "correction-by-staff-only", "Only the hub's staff correct what was counted"


class NoCompletionRule(Conflict):
    """No approved rule says how much of the run must be attended."""

    code, title = "no-completion-rule", "No rule says when the run is completed"


class RunNotOver(Conflict):
    """A run is closed after its last session."""

    code, title = "run-not-over", "The run is not over"


class RunNotHeld(Conflict):
    """A draft, a postponed or a cancelled run has no register to close."""

    code, title = "run-not-held", "The run was not held"


class RegisterIncomplete(Conflict):
    """Some are marked neither present nor absent; the problem names them by session."""

    code, title = "register-incomplete", "The register is not complete"


class RegisterClosed(Conflict):
    """The run is closed: its register can be corrected, and nothing else."""

    code, title = "register-closed", "The run is closed"


class SignInNotOpen(Conflict):
    """Codes are opened from an hour before a session begins until it ends."""

    code, title = "sign-in-not-open", "The session cannot be signed in to now"


class SignInCodeRefused(Unprocessable):
    """The code is wrong, replaced or over."""

    code, title = "sign-in-code-refused", "That is no code of the session now"


class TooManySignInTries(TooManyRequests):
    """Codes were tried too often for this booking; the hub's staff can mark it meanwhile."""

    code, title = "too-many-sign-in-tries", "Too many codes were tried"


class MarkedByStaff(Conflict):
    """The hub's staff have marked the session otherwise; they can correct it."""

    code, title = "marked-by-staff", "The hub has marked you otherwise"
