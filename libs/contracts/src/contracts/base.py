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
