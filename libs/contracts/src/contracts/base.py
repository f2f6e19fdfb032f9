"""The shape every event has: a past-tense fact, published once, carried in a CloudEvents envelope.

An event class belongs to the service that publishes it and lives in the file named after that service. Within a
version a class may only gain optional fields; anything else is a new version beside the old one.
"""

from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

TYPE_PREFIX = "uk.ncce"


class Event(BaseModel):
    """A fact that has happened. Holds identifiers and values, never personal data."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: ClassVar[str]
    """The name as the customer writes it, and the broker's subject: `cpd.completed`."""
    version: ClassVar[int] = 1
    aggregate: ClassVar[str]
    """What the fact is about (`teacher`, `school`, …); events of one aggregate are numbered 1, 2, 3, …"""
    key: ClassVar[str]
    """The field that identifies the aggregate."""

    @property
    def aggregate_id(self) -> str:
        """The numbered thing, such as `teacher:0190…`: unique within the publisher."""
        return f"{self.aggregate}:{getattr(self, self.key)}"

    @classmethod
    def type(cls) -> str:
        """The CloudEvents type, such as `uk.ncce.cpd.completed.v1`."""
        return f"{TYPE_PREFIX}.{cls.subject}.v{cls.version}"


class RecordView(BaseModel):
    """Somebody of the staff saw what is held about somebody else."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    viewer_id: UUID
    person_id: UUID
    what: str
    """The operation that showed it, such as `get_register`."""
    viewed_at: datetime
    request_id: str | None = None


class RecordsViewed(Event):
    """Staff looked at what a service holds about people: identity tells the people."""

    aggregate: ClassVar[str] = "views"
    key: ClassVar[str] = "service"

    service: str
    views: tuple[RecordView, ...]


class ExportPrepared(Event):
    """A service's part of somebody's export is ready for them; the part itself stays where it is."""

    aggregate: ClassVar[str] = "person_export"
    key: ClassVar[str] = "export_id"

    export_id: UUID
    person_id: UUID
    sha256: str
    """Of the part as it is handed over."""
    counts: dict[str, int]
    """How many rows, by table."""
    files: int
    """How many files belong to it."""
    made_at: datetime


class ErasureCompleted(Event):
    """A service erased what it held about somebody; counts by table, of those as well that stay."""

    aggregate: ClassVar[str] = "erasure"
    key: ClassVar[str] = "erasure_id"

    erasure_id: UUID
    teacher_id: UUID
    erased: dict[str, int]
    kept: dict[str, int]
    completed_at: datetime


class HeldHead(BaseModel):
    """A head of another service's audit trail, as it was heard."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    head: str


class Dispute(BaseModel):
    """A link of an audit trail of which its service and the holder of a head do not say the same."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    service: str
    number: int
    holder: str
    what: str


class Clearance(BaseModel):
    """An auditor said how disputed links came about; the words stay where they were said."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    service: str
    """Whose links."""
    first_number: int
    last_number: int
    cleared_by: UUID
    cleared_at: datetime


class AuditChained(Event):
    """A service's audit trail has a new head."""

    aggregate: ClassVar[str] = "audit"
    key: ClassVar[str] = "service"

    service: str
    number: int
    head: str
    sealed_at: datetime
    key_id: str | None = None
    """The key that signed it; the service's audit keys sign nothing else."""
    public_key: str | None = None
    """Its public half, as a JSON Web Key has it in `x`. Whoever hears it first keeps it."""
    signature: str | None = None
    """Ed25519 over service, number, head and moment, hexadecimal."""


class AuditWitnessed(Event):
    """What a service holds of another's audit trail, told so that the other can compare; and what does not agree."""

    aggregate: ClassVar[str] = "audit"
    key: ClassVar[str] = "service"

    service: str
    of: str
    heads: tuple[HeldHead, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    clearances: tuple[Clearance, ...] = ()


EventT = TypeVar("EventT", bound=Event)


class Envelope(BaseModel, Generic[EventT]):
    """CloudEvents 1.0 attributes around an event's data. `id` is the broker's message id as well."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: str = "1.0"
    id: UUID
    source: str = Field(description="The publishing service, as `/services/hubs`.")
    type: str
    subject: str = Field(description="The aggregate the fact is about, as `teacher:0190…`.")
    sequence: int = Field(ge=1, description="1, 2, 3, … within the aggregate, without gaps.")
    time: datetime = Field(description="When the fact was recorded, UTC.")
    traceparent: str | None = Field(default=None, description="W3C trace context of the request that caused it.")
    datacontenttype: str = "application/json"
    data: EventT


AnyEnvelope = Envelope[Any]


def stream_of(service: str) -> str:
    """The broker's stream of what a service publishes."""
    return service.upper()
