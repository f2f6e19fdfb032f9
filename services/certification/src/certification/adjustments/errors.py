"""Refusals about adjustments."""

from chassis.errors import Conflict, Forbidden, NotFound


class AdjustmentNotFound(NotFound):
    """No adjustment of that id, or at another organisation's assessment."""

    code, title = "adjustment-not-found", "No such adjustment"

    def __init__(self) -> None:
        super().__init__("There is no such adjustment.")


class AdjustmentStands(Conflict):
    """The teacher has extra time already."""

    code, title = "adjustment-stands", "Extra time was granted already"

    def __init__(self) -> None:
        super().__init__("This teacher has extra time at this assessment. End that one before you grant another.")


class OwnAdjustment(Forbidden):
    """Nobody grants themselves time."""

    code, title = "own-adjustment", "You cannot grant yourself extra time"

    def __init__(self) -> None:
        super().__init__("Somebody else has to grant it.")


class TeacherNotHeardOf(NotFound):
    """Nobody with this id is a teacher here."""

    code, title = "teacher-not-heard-of", "No such teacher"

    def __init__(self) -> None:
        super().__init__("No teacher with this id is known here.")
