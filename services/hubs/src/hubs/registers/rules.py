"""What an entry of a register may say."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hubs.registers.errors import HoursRequired, TooManyHours
from hubs.registers.models import Outcome


@dataclass(frozen=True)
class Mark:
    """One teacher's outcome, with the hours it counts for; None for an absence."""

    booking_id: UUID
    teacher_id: UUID
    outcome: Outcome
    hours: Decimal | None

    def changes(self, outcome: str, hours: Decimal | None) -> bool:
        """Whether it differs from what is recorded."""
        return (outcome, hours) != (self.outcome, self.hours)


def hours_attended(outcome: Outcome, stated: Decimal | None, course_hours: Decimal | None) -> Decimal | None:
    """Hours to record: those stated, else the course's; None for an absence.

    Raises HoursRequired when neither says, TooManyHours when a run would count for more than its course.
    """
    if outcome == "absent":
        return None
    hours = course_hours if stated is None else stated
    if hours is None:
        raise HoursRequired("The catalogue gives this course no hours; the register must.")
    if course_hours is not None and hours > course_hours:
        raise TooManyHours(f"The course has {course_hours} hours, and {hours} were marked.")
    return hours
