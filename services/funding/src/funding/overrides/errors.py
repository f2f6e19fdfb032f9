"""Refusals about overrides."""

from uuid import UUID

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class OverrideNotFound(NotFound):
    """There is no such override."""

    code, title = "override-not-found", "No such override"

    def __init__(self, override_id: UUID) -> None:
        super().__init__(f"There is no override {override_id}.")


class FactCannotBeOverridden(Unprocessable):
    """There is no such fact, it is not about a school or a teacher, or the value is of another type."""

    code, title = "fact-cannot-be-overridden", "This cannot be said of it"


class OwnOverride(Forbidden):
    """An override is approved by a second person, and by nobody whom it is about."""

    code, title = "own-override", "Another person has to do this"


class OverrideDecided(Conflict):
    """The override was decided on, or has ended."""

    code, title = "override-decided", "It was decided on before"


class OverrideTooLong(Unprocessable):
    """An override holds for a year at most, and ends on a day to come."""

    code, title = "override-too-long", "It has to end within a year"


class FactOverriddenAlready(Conflict):
    """Another override of the same fact holds; it has to end first."""

    code, title = "fact-overridden-already", "An override of this fact holds already"
