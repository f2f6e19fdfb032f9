"""Offers on the wire."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from chassis import clock
from chassis.wire import Day
from hubs.academic_years import AcademicYear, academic_year_of, days_of
from hubs.courses.models import KeyStage
from hubs.enrichment.models import ContactRole, InterestStatus, OfferKind, OfferStatus, Term
from hubs.faceting import Choice
from hubs.links import PublicLink
from hubs.run_search.schemas import Region

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=150)]
Giver = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=30, max_length=2000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
Capacity = Annotated[int, Field(gt=0, le=30_000)]
MOST_PENCE = 10_000_000

EXAMPLE: JsonDict = {
    "offered_by": "A robotics firm in Leeds",
    "title": "Robots in the classroom",
    "kind": "workshop",
    "summary": "Engineers bring six robots for a day; pupils program them to sort parcels.",
    "key_stages": ["ks3"],
    "academic_year": academic_year_of(clock.today() + timedelta(days=365)),
    "term": "spring",
    "regions": ["Yorkshire and The Humber"],
    "capacity": 12,
    "amount_pence": 0,
    "link": "https://robots.example.org/schools",
}


class OfferFacts(BaseModel):
    """What an offer says."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    offered_by: Giver = Field(description="Who gives it, as schools know them")
    title: Title
    kind: OfferKind
    summary: Summary
    key_stages: list[KeyStage] = Field(min_length=1, max_length=6)
    academic_year: AcademicYear
    term: Term
    regions: list[Region] = Field(default=[], max_length=9, description="None: it is national")
    starts_on: Day | None = None
    ends_on: Day | None = Field(default=None, description="The offer is found up to this day; else to the term's last")
    capacity: Capacity | None = Field(default=None, description="Schools it can take; null for no limit")
    amount_pence: int = Field(default=0, ge=0, le=MOST_PENCE, description="What a school pays; 0 is free")
    link: PublicLink

    @model_validator(mode="after")
    def _fits_into_the_year(self) -> Self:
        first, last = days_of(self.academic_year)
        for day in (self.starts_on, self.ends_on):
            if day is not None and not first <= day <= last:
                raise ValueError(f"{day} is not in the academic year {self.academic_year}")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on is before starts_on")
        for name in ("key_stages", "regions"):
            values = getattr(self, name)
            if len(set(values)) < len(values):
                raise ValueError(f"{name} names something twice")
        return self


class OfferIn(OfferFacts):
    """An offer to begin: a draft."""

    organisation_id: UUID | None = Field(
        default=None, description="Whose offer it is; the only organisation for which you act when left out"
    )


class CapacityIn(BaseModel):
    """How many schools a published offer can take. Schools that waited move up when there are more."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"capacity": 20}]})

    capacity: Capacity | None = Field(description="Null for no limit")


class OfferOut(BaseModel):
    """An offer. Send `version` back as `If-Match` to change it."""

    id: UUID
    organisation_id: UUID
    offered_by: str
    title: str
    kind: OfferKind
    summary: str
    key_stages: list[KeyStage]
    academic_year: str
    term: Term
    is_national: bool
    regions: list[Region] = Field(description="Empty for a national offer")
    starts_on: date | None
    ends_on: date | None
    expires_on: date = Field(description="The last day on which it is found and schools register")
    capacity: int | None
    amount_pence: int
    link: str
    status: OfferStatus
    is_expired: bool
    version: int
    published_at: datetime | None
    registered_count: int = Field(description="Schools that have registered interest and fit in")
    waiting_count: int = Field(description="Schools beyond the capacity, in the order of their coming")


class OwnOfferOut(OfferOut):
    """An offer as its organisation and the moderators see it."""

    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    reason: str | None = Field(description="Of the moderator's decision, or of the closure")


class OfferFilter(BaseModel):
    """Which offers to list. Filters of different names hold together; values of one name stand for any of them."""

    q: str | None = Field(
        default=None, min_length=2, max_length=80, description="Words of title, summary and giver: all must occur"
    )
    kind: list[OfferKind] = Field(default=[], max_length=8)
    key_stage: list[KeyStage] = Field(default=[], max_length=6)
    region: list[Region] = Field(
        default=[], max_length=9, description="Offers for one of these, national ones included"
    )
    academic_year: list[AcademicYear] = Field(default=[], max_length=4)
    term: list[Term] = Field(default=[], max_length=3)
    cost: Literal["free", "charged"] | None = None
    organisation_id: UUID | None = None
    with_places: bool = Field(default=False, description="Only offers that can take another school")


class OfferFacets(BaseModel):
    """For each filter the values that find anything, the most frequent first. National offers count in every region."""

    kind: list[Choice]
    key_stage: list[Choice]
    region: list[Choice]
    academic_year: list[Choice]
    term: list[Choice]
    cost: list[Choice]


class OfferCounts(BaseModel):
    """How many offers a search finds, and what each further choice would find, as if its own filter were not set."""

    total: int
    facets: OfferFacets


class OwnOfferFilter(BaseModel):
    """Which of the organisation's offers to list."""

    status: OfferStatus | None = None


class OfferDecisionIn(BaseModel):
    """A moderator's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "published", "reason": "Asked the firm: the engineers are checked and insured."},
                {"outcome": "returned", "reason": "Say what the school has to bring."},
            ]
        },
    )

    outcome: Literal["published", "returned"]
    reason: Reason


class ClosureIn(BaseModel):
    """Why an offer ends early."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "The engineers are ill."}]})

    reason: Reason


class InterestIn(BaseModel):
    """A school's interest: numbers, and whom to ask for by role. No names."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"pupils": 60, "staff": 3, "contact_role": "computing_lead"}]}
    )

    pupils: int = Field(gt=0, le=5000)
    staff: int = Field(default=0, ge=0, le=500)
    contact_role: ContactRole


class InterestOut(BaseModel):
    """A school's interest and whether the offer can take it."""

    offer_id: UUID
    school_urn: str
    pupils: int
    staff: int
    contact_role: ContactRole
    status: InterestStatus
    since_at: datetime


class SchoolInterestOut(InterestOut):
    """The same for the organisation that offers."""

    school_name: str
    region: str | None
