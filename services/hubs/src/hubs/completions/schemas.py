"""Completions on the wire."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from chassis.clock import ENGLAND
from chassis.errors import FieldError
from chassis.wire import Day
from contracts.hubs import DeliveryMode
from hubs.completions.models import ReportState

MOST_ITEMS = 10_000
MOST_HOURS = 60
"""Above any activity of the catalogue."""
MOST_LETTERS = 100
MOST_REVISIONS = 2**31 - 1
YEARS = range(2000, 2100)
BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)

Version = tuple[int, datetime, bool]
"""Revision, moment, whether it is a withdrawal: compared in this order."""

Outcome = Literal[
    "recorded", "corrected", "queued", "below_threshold", "withdrawn", "not_ours", "duplicate", "rejected"
]


def _written_as_a_moment(value: object) -> object:
    # Pydantic reads numbers as seconds since 1970, and digits in a string too.
    if not isinstance(value, str) or value.isdigit():
        raise PydanticCustomError("moment-format", "Write a moment as YYYY-MM-DDThh:mm:ss with Z or an offset.")
    return value


def _in_our_time(value: datetime) -> datetime:
    if value.year not in YEARS:
        raise PydanticCustomError("moment-range", "Moments lie between 2000 and 2099.")
    return value


PartnersNumber = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_LETTERS, pattern=r"^[^\x00-\x1f\x7f]+$")
]
"""Any printable text; control characters have no place in a column or a report."""
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time), BeforeValidator(_written_as_a_moment)]
"""A moment with its offset."""

A_COMPLETION: dict[str, Any] = {
    "external_id": "enrolment-88412",
    "external_learner_id": "L-4711",
    "activity_code": "CO005",
    "external_run_id": "2026-autumn-2",
    "percent": "100",
    "hours": "3.5",
    "occurred_at": "2026-11-19T20:41:07Z",
    "revision": 2,
}
A_WITHDRAWAL: dict[str, Any] = {"external_id": "enrolment-88398", "revision": 3, "withdrawn": True}


class CompletionItem(BaseModel):
    """What the partner knows of one completion. A withdrawal needs its number only; anything else says the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [A_COMPLETION, A_WITHDRAWAL]})

    external_id: PartnersNumber = Field(description="The partner's number of this completion, for ever")
    external_learner_id: PartnersNumber | None = Field(default=None, description="The partner's number of the learner")
    teacher_id: UUID | None = Field(default=None, description="The teacher, if the partner knows our number")
    school_urn: str | None = Field(
        default=None,
        pattern=r"^[0-9]{6}$",
        description="The learner's school, if known: it helps to find out who an unknown learner is",
    )
    activity_code: str | None = Field(default=None, min_length=1, max_length=20, examples=["CO040"])
    external_run_id: PartnersNumber | None = Field(default=None, description="The partner's number of the run")
    percent: Decimal | None = Field(
        default=None, ge=0, le=100, decimal_places=2, description="How much is done; the activity's threshold decides"
    )
    hours: Decimal | None = Field(
        default=None, gt=0, le=MOST_HOURS, decimal_places=2, description="Of learning; the catalogue's when left out"
    )
    occurred_at: Moment | None = Field(default=None, description="When; its day in England counts")
    completed_on: Day | None = Field(default=None, description="Instead of `occurred_at`, where only the day is known")
    revision: int = Field(
        default=0, ge=0, le=MOST_REVISIONS, description="Higher than before whenever anything was changed"
    )
    updated_at: Moment | None = Field(default=None, description="Instead of `revision`: when it was last changed")
    withdrawn: bool = Field(default=False, description="It does not count, and never did")

    @property
    def version(self) -> Version:
        """What is compared to know the newest; a withdrawal comes after what it withdraws."""
        return version_of(self.revision, self.updated_at, self.withdrawn)

    @property
    def day(self) -> date | None:
        """The calendar day in England on which it counts."""
        if self.occurred_at is not None:
            return self.occurred_at.astimezone(ENGLAND).date()
        return self.completed_on


def version_of(revision: int, revised_at: datetime | None, is_withdrawn: bool) -> Version:
    """Comparable: by revision, then by moment, of which none is the earliest, then withdrawals last."""
    return revision, revised_at or BEFORE_ALL, is_withdrawn


ITEM: TypeAdapter[CompletionItem] = TypeAdapter(CompletionItem)
# Items are judged one by one after the envelope, so that one bad item does not turn the others away.
RawItem = Annotated[JsonValue, WithJsonSchema(CompletionItem.model_json_schema())]


class BatchIn(BaseModel):
    """Completions to record."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"completions": [A_COMPLETION, A_WITHDRAWAL]}]}
    )

    completions: list[RawItem] = Field(min_length=1, max_length=MOST_ITEMS)


class Rejection(BaseModel):
    """A row that cannot be taken, and why."""

    index: int = Field(description="Position in the batch, from 0")
    code: str = Field(examples=["unknown-activity"])
    detail: str


class RowOut(BaseModel):
    """What became of a row."""

    index: int = Field(description="Position in the batch, from 0")
    external_id: str | None = Field(description="Null when the row does not say it")
    status: Outcome
    code: str | None = Field(
        description="Why it is rejected, or which kind of duplicate it is", examples=["superseded"]
    )
    detail: str | None
    errors: list[FieldError] = Field(description="Every wrong field of the row, as pointers into the body")


class BatchOut(BaseModel):
    """What became of a batch: `received` is the sum of all other counts and the number of rejected rows."""

    received: int
    recorded: int = Field(description="Completions that count from now on")
    corrected: int = Field(description="Counted before and count as changed")
    queued: int = Field(description="Kept until it is known who the learner is")
    below_threshold: int = Field(description="Kept, and too little yet to be a completion")
    withdrawn: int = Field(description="Do not count any more")
    not_ours: int = Field(description="Kept; a person said that the learner is nobody of ours")
    duplicates: int = Field(description="Known already, overtaken, or a second report of a completion that counts")
    rejected: list[Rejection] = Field(description="The rejected rows once more")
    results: list[RowOut] = Field(description="Every row, in the order sent")


class ReportFilter(BaseModel):
    """Which of the partner's reports to list."""

    status: ReportState | None = None
    updated_since: AwareDatetime | None = Field(default=None, description="Changed then or later")
    external_id: PartnersNumber | None = Field(default=None, description="For numbers that do not fit into a path")
    external_learner_id: PartnersNumber | None = None


class ReportOut(BaseModel):
    """A report as it stands."""

    external_id: str
    external_learner_id: str | None = Field(description="Null for a withdrawal that came alone")
    teacher_id: UUID | None = Field(description="Only if the partner named that teacher itself")
    activity_code: str | None
    external_run_id: str | None
    percent: Decimal | None
    hours: Decimal | None = Field(description="That count, or would")
    occurred_at: datetime | None
    completed_on: date | None
    revision: int
    updated_at: datetime | None = Field(description="As the partner said")
    status: ReportState
    threshold_percent: Decimal | None = Field(description="By which the percentage was judged")
    threshold_version: int | None
    completion_id: UUID | None = Field(description="The completion that counts; a duplicate shares it with another")
    received_at: datetime
    changed_at: datetime = Field(description="When anything here last changed")


class OwnCompletionOut(BaseModel):
    """A completion as its teacher sees it."""

    id: UUID
    activity_code: str
    title: str | None
    mode: DeliveryMode
    hours: Decimal = Field(description="0 when it was withdrawn")
    completed_on: date
    status: Literal["counts", "withdrawn"]
    course_run_id: UUID | None = Field(description="The run whose register says so")
    reported_by_organisation_id: UUID | None = Field(description="The partner that says so")
    recorded_at: datetime
