"""Refusals about drafts."""

from datetime import date

from chassis.errors import Conflict, Forbidden, NotFound


class DraftNotFound(NotFound):
    """No draft has this id."""

    code, title = "scheme-draft-not-found", "No such draft"

    def __init__(self) -> None:
        super().__init__("There is no draft with this id. GET /v1/scheme-drafts lists them.")


class DraftOfAnother(Forbidden):
    """Only the author changes a draft, so that it is known who may not approve it."""

    code, title = "scheme-draft-of-another", "The draft is another person's"

    def __init__(self) -> None:
        super().__init__("Only its author changes a draft. Make one of your own from its content.")


class OwnDraft(Forbidden):
    """Rules are approved by a second person."""

    code, title = "own-scheme-draft", "A second person decides"

    def __init__(self) -> None:
        super().__init__("You wrote this draft. Somebody else has to decide on it.")


class DraftNotReady(Conflict):
    """The step is not the draft's next one."""

    code, title = "scheme-draft-not-ready", "Not the draft's next step"

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"This draft is {status}; {step}.")


class DraftTooLate(Conflict):
    """Rules take effect from a day to come, and after the rules before them."""

    code, title = "scheme-draft-too-late", "The day of effect has passed"

    def __init__(self, earliest: date) -> None:
        super().__init__(f"Rules are not changed for days gone by. The earliest day is now {earliest}.")
