"""How entries are moderated, as data; working days; and the draw that anybody who has the seed can repeat."""

import hashlib
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import ENGLAND

NINE_PLACES = Decimal("0.000000001")
SATURDAY = 5

Rate = Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)]


class ReasonCode(StrEnum):
    """Why an entry was decided as it was, in a word that can be counted."""

    WELL_DESCRIBED = "well_described"
    NOT_ENOUGH_DETAIL = "not_enough_detail"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    OTHER_ACTIVITY = "other_activity"
    WRONG_DATE = "wrong_date"
    DUPLICATE = "duplicate"
    NAMES_OTHERS = "names_others"
    NOT_GENUINE = "not_genuine"
    OTHER = "other"


class PolicyRules(BaseModel):
    """What a version of the policy says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service_level_working_days: int = Field(ge=1, le=60, description="Monday to Friday; public holidays are not known")
    claim_minutes: int = Field(ge=5, le=24 * 60, description="How long an entry stays in a moderator's hands")
    first_entries: Rate = Field(description="The share looked at while a teacher has nothing accepted yet")
    later_entries: Rate = Field(description="The share of all later ones")
    activities: dict[Annotated[str, Field(max_length=120)], Rate] = Field(
        {}, max_length=500, description="The share of later ones, where it is another for an activity"
    )
    audited: Rate = Field(description="The share of accepted entries that somebody else looks at once more")
    refuses_same_school: bool = Field(description="Nobody moderates what a colleague of the same school recorded")
    evidence_kept_days: int = Field(ge=30, le=3_650, description="After the decision; files go then, their hashes stay")
    abandoned_kept_days: int = Field(ge=7, le=365, description="The same for drafts, and for what was withdrawn")

    def rate_for(self, activity: str, *, is_first: bool) -> Decimal:
        """The share of such entries that is looked at."""
        return self.first_entries if is_first else self.activities.get(activity, self.later_entries)


def draw(seed: str, purpose: str, teacher_id: UUID, counts_as: str, occurred_on: date) -> Decimal:
    """A number from 0 to below 1, always the same for the same thing in the real world.

    Recording it again, or anew after a withdrawal, draws no other number.
    """
    subject = "\n".join((seed, purpose, str(teacher_id), counts_as, occurred_on.isoformat()))
    first = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8])
    return (Decimal(first) / Decimal(2**64)).quantize(NINE_PLACES, ROUND_DOWN)


def working_days_after(start: datetime, days: int) -> datetime:
    """The end, in England, of the so-manieth weekday after a moment."""
    day = start.astimezone(ENGLAND).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day + timedelta(days=1), time(), ENGLAND)
