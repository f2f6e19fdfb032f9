"""Resources on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from hubs.courses.models import KeyStage
from hubs.faceting import Choice
from hubs.links import PublicLink
from hubs.resources.models import CommentStatus, Licence, ResourceType, VersionStatus

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=150)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=30, max_length=2000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
KeyStages = Annotated[list[KeyStage], Field(min_length=1, max_length=6)]
Topics = Annotated[list[Code], Field(min_length=1, max_length=5)]
Aims = Annotated[list[Code], Field(max_length=10)]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
CreditLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]

EXAMPLE: JsonDict = {
    "title": "Sorting networks in the playground",
    "summary": "Pupils walk through a network chalked on the ground and find out why it sorts whatever comes in.",
    "key_stages": ["ks2", "ks3"],
    "topics": ["algorithms"],
    "aims": ["ks2-reasoning", "ks3-algorithms"],
    "type": "activity",
    "licence": "CC-BY-4.0",
    "link": "https://resources.example.org/sorting-networks",
    "credit_line": "A primary school in Kirklees",
}


class ResourceFacts(BaseModel):
    """What a version says. Links to documents, no documents: they stay where their author keeps them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    title: Title
    summary: Summary = Field(description="What it is and how it is used")
    key_stages: KeyStages
    topics: Topics = Field(description="Codes of GET /v1/resources/vocabulary")
    aims: Aims = Field(
        default=[], description="Codes of the same; each for all key stages or for one of the resource's"
    )
    type: ResourceType
    licence: Licence = Field(description="As SPDX names it; only licences that allow reuse and change")
    link: PublicLink
    checksum: Checksum | None = Field(default=None, description="SHA-256 of what the link leads to, in hexadecimal")
    credit_line: CreditLine | None = Field(
        default=None, description="How to name the author, as most licences ask; shown to everybody"
    )

    @model_validator(mode="after")
    def _names_nothing_twice(self) -> Self:
        for name in ("key_stages", "topics", "aims"):
            values = getattr(self, name)
            if len(set(values)) < len(values):
                raise ValueError(f"{name} names something twice")
        return self


class ResourceIn(ResourceFacts):
    """A resource to begin: its first version, a draft."""

    organisation_id: UUID | None = Field(
        default=None,
        description="The author, when it is an organisation for which you act; otherwise you are, as a teacher",
    )


class ResourceVersionOut(BaseModel):
    """One version as its author and its reviewers see it. Send `edition` back as `If-Match` to edit it."""

    resource_id: UUID
    number: int
    title: str
    summary: str
    key_stages: list[KeyStage]
    topics: list[str]
    aims: list[str]
    type: ResourceType
    licence: Licence
    link: str
    checksum: str | None
    credit_line: str | None
    status: VersionStatus
    edition: int
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    reason: str | None = Field(description="The reviewer's, of publishing or returning it")
    published_at: datetime | None


class QueuedVersionOut(ResourceVersionOut):
    """A version that waits for a reviewer, or has one."""

    is_by_teacher: bool
    organisation_id: UUID | None
    reviewer_id: UUID | None
    same_link_as: list[UUID] = Field(description="Other resources that link, or linked, to the same")


class ResourceOut(BaseModel):
    """A published resource."""

    id: UUID
    number: int = Field(description="Of the version shown, the newest that was published")
    title: str
    summary: str
    key_stages: list[KeyStage]
    topics: list[str]
    aims: list[str]
    type: ResourceType
    licence: Licence
    link: str
    checksum: str | None
    credit_line: str | None
    is_by_teacher: bool
    organisation_id: UUID | None = Field(description="The author, when it is an organisation")
    published_at: datetime
    first_published_at: datetime
    used_count: int = Field(description="Teachers who recorded that they used it")
    rating_count: int
    rating_average: Decimal | None = Field(description="1 to 5, to a tenth; null until somebody rated it")


class PublishedVersionOut(BaseModel):
    """One version in the history of a resource."""

    number: int
    status: Literal["published", "superseded"]
    published_at: datetime


class ResourceDetail(ResourceOut):
    """A published resource with its history, newest first; older versions stay readable."""

    versions: list[PublishedVersionOut]


Sort = Literal["relevance", "newest", "best_rated", "most_used"]


class ResourceFilter(BaseModel):
    """Which resources to list. Filters of different names hold together; values of one name stand for any of them."""

    q: str | None = Field(
        default=None, min_length=2, max_length=80, description="Words of title and summary: all must occur"
    )
    key_stage: list[KeyStage] = Field(default=[], max_length=6)
    topic: list[Code] = Field(default=[], max_length=20, examples=[["algorithms"]])
    aim: list[Code] = Field(default=[], max_length=20, examples=[["ks2-reasoning"]])
    type: list[ResourceType] = Field(default=[], max_length=9)
    licence: list[Licence] = Field(default=[], max_length=7)
    organisation_id: UUID | None = Field(default=None, description="Resources of this organisation")
    sort: Sort | None = Field(default=None, description="By relevance when words are given, else newest first")


class ResourceFacets(BaseModel):
    """For each filter the values that find anything, the most frequent first."""

    key_stage: list[Choice]
    topic: list[Choice]
    aim: list[Choice]
    type: list[Choice]
    licence: list[Choice]


class ResourceCounts(BaseModel):
    """How many resources a search finds, and what each further choice would find, as if its own filter were not set."""

    total: int
    facets: ResourceFacets


class OwnFilter(BaseModel):
    """Which of the caller's versions to list."""

    status: VersionStatus | None = None


class ReviewIn(BaseModel):
    """A moderator takes a version in hand."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"take_over": False}]})

    take_over: bool = Field(default=False, description="Also from another moderator who has it in hand")


class ResourceDecisionIn(BaseModel):
    """The reviewer's word."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"outcome": "published", "reason": "Tried with a class; clear and correct."},
                {"outcome": "returned", "reason": "Say which version of the software it needs."},
            ]
        },
    )

    outcome: Literal["published", "returned"]
    reason: Reason


class WithdrawalIn(BaseModel):
    """Why a resource is not to be found any more."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"reason": "The software it is about is no longer made.", "for_cause": False}]},
    )

    reason: Reason
    for_cause: bool = Field(
        default=False,
        description="It should never have been published, such as another's work: what it earned its author is "
        "taken back. Moderators say so",
    )


class ReinstatementIn(BaseModel):
    """Why a withdrawal was wrong."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "The author showed that the work is their own."}]}
    )

    reason: Reason


class ResourceStandingOut(BaseModel):
    """Whether a resource is there, and why not."""

    id: UUID
    is_withdrawn: bool
    withdrawn_at: datetime | None
    withdrawn_for_cause: bool | None
    withdrawal_reason: str | None


class RatingIn(BaseModel):
    """What somebody who used a resource thinks of it. Rating again replaces the rating before."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"stars": 4, "comment": "Needs a second lesson with mixed groups."}]},
    )

    stars: int = Field(ge=1, le=5)
    comment: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)] | None = Field(
        default=None, description="For everybody, once a moderator has read it; name nobody in it"
    )


class UseOut(BaseModel):
    """The caller's use of a resource and what the caller said of it."""

    resource_id: UUID
    version_number: int
    used_at: datetime
    stars: int | None
    rated_at: datetime | None
    comment: str | None
    comment_status: CommentStatus | None
    comment_reason: str | None


class CommentOut(BaseModel):
    """What somebody unnamed said of a resource."""

    comment_id: UUID
    stars: int
    comment: str
    version_number: int
    rated_at: datetime


class WaitingCommentOut(CommentOut):
    """A comment for a moderator to read."""

    resource_id: UUID
    comment_status: CommentStatus


class CommentDecisionIn(BaseModel):
    """A moderator's word on a comment. The stars count whatever it says."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "shown", "reason": "To the point."}]}
    )

    outcome: Literal["shown", "refused"]
    reason: Reason


class TopicOut(BaseModel):
    """A topic of the controlled list."""

    code: str
    title: str


class AimOut(BaseModel):
    """An aim of the national curriculum for computing, in our words."""

    code: str
    key_stage: KeyStage | None = Field(description="Null: for all of them")
    statement: str


class LicenceOut(BaseModel):
    """A licence under which a resource may be published."""

    code: Licence
    title: str
    link: str
    attribution: bool = Field(description="The author must be named")
    share_alike: bool = Field(description="What is made of it carries the same licence")
    commercial: bool = Field(description="It may be used commercially")


class VocabularyOut(BaseModel):
    """What a resource may say of itself."""

    topics: list[TopicOut]
    aims: list[AimOut]
    licences: list[LicenceOut]
