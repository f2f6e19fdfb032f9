"""Refusals about drafts of any kind; each kind has its own, under its own code."""

from datetime import date
from typing import ClassVar

from chassis.errors import Conflict, Forbidden, NotFound


class NoSuchDraft(NotFound):
    """No draft has this id."""

    listed_at: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(f"There is no draft with this id. GET {self.listed_at} lists them.")


class AnothersDraft(Forbidden):
    """Only the author changes a draft, so that it is known who may not approve it."""

    def __init__(self) -> None:
        super().__init__("Only its author changes a draft. Make one of your own from its content.")


class DraftOfOneself(Forbidden):
    """A second person approves."""

    def __init__(self) -> None:
        super().__init__("You wrote this draft. Somebody else has to decide on it.")


class StepOutOfTurn(Conflict):
    """The step is not the draft's next one."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"This draft is {status}; {step}.")


class DayGoneBy(Conflict):
    """A version takes effect from a day to come, and after the version before it."""

    what: ClassVar[str]

    def __init__(self, earliest: date) -> None:
        super().__init__(f"{self.what} are not changed for days gone by. The earliest day is now {earliest}.")
