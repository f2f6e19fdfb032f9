"""The past of schools on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from chassis.wire import Day
from hubs.school_history.models import VersionCause
from hubs.schools.schemas import SchoolOut


class ThenFilter(BaseModel):
    """A day of the past, and what was known by another."""

    on: Day | None = Field(default=None, description="As the school stood on this day; now when left out")
    known_on: Day | None = Field(
        default=None, description="Only what we had been told by the end of this day; left out: all we know now"
    )


class SchoolVersionOut(BaseModel):
    """How a school stood from a day on."""

    as_of_on: date = Field(description="The day that the extract speaks of")
    recorded_at: datetime = Field(description="When we were told")
    cause: VersionCause
    import_id: UUID | None
    differs: list[str] | None = Field(description="Facts that are not as in the version before; null for the first")
    school: SchoolOut = Field(description="`offers_gcse_computer_science` is null: it is not the register's")
