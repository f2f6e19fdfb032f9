"""Spaces of groups on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from hubs.group_spaces.models import AuthorPart, CreditBasis, PostStatus, ReportKind, ReportStatus
from hubs.group_spaces.rules import LONGEST, as_written, unreadable
from hubs.groups.models import GroupStatus


def _readable(text: str) -> str:
    written = as_written(text)
    if not written:
        raise PydanticCustomError("text-blank", "Write something.")
    if (name := unreadable(written)) is not None:
        raise PydanticCustomError("text-unreadable", "The text holds {name}, which nobody would see.", {"name": name})
    return written


def _one_line(text: str) -> str:
    return " ".join(_readable(text).split())


PostText = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_readable)]
Reason = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_readable)]


class TopicIn(BaseModel):
    """A topic and the post that opens it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Unplugged sorting with Year 4",
                    "text": "Playing cards worked better than numbers on paper. What do you use?\n\n"
                    "Ours: https://hub.example.org/sorting",
                }
            ]
        },
    )

    title: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
    text: PostText


class SpacePostIn(BaseModel):
    """A post in a topic. Plain text: nothing in it is made into anything, and what looks like a tag is what it says."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "Cards here too; we film the moves.", "reply_to": 1}]},
    )

    text: PostText
    reply_to: int | None = Field(default=None, ge=1, le=1_000_000, description="Number of the post that it answers")


class SpacePostEdit(BaseModel):
    """Other words of a post. The words before stay with those who moderate."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Cards here too; we film the moves on tablets."}]}
    )

    text: PostText


class ReadingIn(BaseModel):
    """How far the caller has read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"until": 1}]})

    until: int = Field(ge=1, le=1_000_000, description="Number of the last post that was read; it never goes back")


class PostReportIn(BaseModel):
    """Why a post should not be there."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"kind": "personal_data", "note": "Names a pupil."}]}
    )

    kind: ReportKind
    note: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_readable)] | None = None


class PostModerationIn(BaseModel):
    """Hide a post, or show it again."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"action": "hide", "reason": "It names a pupil.", "is_abusive": False}]},
    )

    action: Literal["hide", "restore"]
    reason: Reason
    is_abusive: bool = Field(default=False, description="Hidden for abuse: credit that rests on it is taken back")


class TopicModerationIn(BaseModel):
    """Lock a topic, or open it again."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"action": "lock", "reason": "It is settled."}]}
    )

    action: Literal["lock", "unlock"]
    reason: Reason


class PostReportDecisionIn(BaseModel):
    """What becomes of a report; one that is upheld hides the post."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"outcome": "dismissed", "reason": "No pupil can be told."}]}
    )

    outcome: Literal["upheld", "dismissed"]
    reason: Reason
    is_abusive: bool = False


class GroupSpaceOut(BaseModel):
    """The space of a group that the caller is of."""

    group_id: UUID
    title: str = Field(description="Of the group")
    hub_id: UUID
    network: str
    project_code: str
    group_status: GroupStatus = Field(description="While a group is forming or running its space is written in")
    part: AuthorPart = Field(description="What the caller is in it")
    may_moderate: bool
    topics: int
    unread: int = Field(description="Posts of others that the caller has not read")
    open_reports: int | None = Field(description="Only told to those who moderate")
    earns: str | None = Field(description="How a contribution earns credit for the community, in words")


class TopicOut(BaseModel):
    """A topic."""

    id: UUID
    group_id: UUID
    title: str | None = Field(description="Null while its opening post is withdrawn or hidden")
    person_id: UUID | None = Field(description="Who began it; null once they were forgotten")
    posts: int = Field(description="Ever written, and the number of the last one")
    unread: int
    begun_at: datetime
    last_post_at: datetime
    is_locked: bool


class SpacePostOut(BaseModel):
    """A post. Its words are null while it is withdrawn or hidden, but for its author and those who moderate."""

    id: UUID
    topic_id: UUID
    number: int
    reply_to: int | None
    person_id: UUID | None = Field(description="Null once the author was forgotten")
    part: AuthorPart = Field(description="What the author was in the group")
    status: PostStatus
    text: str | None = Field(description="Plain text, never to be read as HTML")
    links: list[str] = Field(description="Addresses in the text that are safe to make clickable")
    version: int
    posted_at: datetime
    edited_at: datetime | None
    hidden_reason: str | None = Field(description="For its author and those who moderate")
    is_own: bool


class WordingOut(BaseModel):
    """A post's words up to an edit."""

    version: int
    text: str
    replaced_at: datetime


class WordingsOut(BaseModel):
    """How a post was worded before."""

    data: list[WordingOut]


class PostReportOut(BaseModel):
    """A report of a post, for those who moderate. Who reported is not told."""

    id: UUID
    group_id: UUID
    post_id: UUID
    kind: ReportKind
    note: str | None
    status: ReportStatus
    reported_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


class PostReportReceipt(BaseModel):
    """What the reporter is told."""

    id: UUID
    post_id: UUID
    status: ReportStatus
    reported_at: datetime


class SpaceContributionOut(BaseModel):
    """A contribution to a group's discussion that was accepted."""

    id: UUID
    group_id: UUID
    person_id: UUID
    post_id: UUID
    activity: str = Field(description="Of the catalogue of community activities")
    basis: CreditBasis
    counts: bool = Field(description="False once what it rests on was found abusive")
    contributed_on: date
    accepted_at: datetime


class SpaceSearch(BaseModel):
    """Which posts."""

    q: str = Field(min_length=1, max_length=200, description="Words; in quotation marks as a phrase, with - without")


class PostReportFilter(BaseModel):
    """Which reports."""

    status: ReportStatus | None = None
