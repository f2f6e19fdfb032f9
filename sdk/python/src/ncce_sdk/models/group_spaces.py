"""Bodies and answers of group spaces. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model


class GroupSpaceOut(Model):
    """The space of a group that the caller is of."""

    earns: str | None
    group_id: UUID
    group_status: str
    hub_id: UUID
    may_moderate: bool
    network: str
    open_reports: int | None
    part: str
    project_code: str
    title: str
    topics: int
    unread: int


class PageGroupSpaceOut(Model):
    """PageGroupSpaceOut."""

    data: list[GroupSpaceOut]
    page: PageInfo


class PostReportOut(Model):
    """A report of a post, for those who moderate. Who reported is not told."""

    decided_at: dt.datetime | None
    decision_reason: str | None
    group_id: UUID
    id: UUID
    kind: str
    note: str | None
    post_id: UUID
    reported_at: dt.datetime
    status: str


class PagePostReportOut(Model):
    """PagePostReportOut."""

    data: list[PostReportOut]
    page: PageInfo


class SpaceContributionOut(Model):
    """A contribution to a group's discussion that was accepted."""

    accepted_at: dt.datetime
    activity: str
    basis: str
    contributed_on: dt.date
    counts: bool
    group_id: UUID
    id: UUID
    person_id: UUID
    post_id: UUID


class PageSpaceContributionOut(Model):
    """PageSpaceContributionOut."""

    data: list[SpaceContributionOut]
    page: PageInfo


class SpacePostOut(Model):
    """A post. Its words are null while it is withdrawn or hidden, but for its author and those who moderate."""

    edited_at: dt.datetime | None
    hidden_reason: str | None
    id: UUID
    is_own: bool
    links: list[str]
    number: int
    part: str
    person_id: UUID | None
    posted_at: dt.datetime
    reply_to: int | None
    status: str
    text: str | None
    topic_id: UUID
    version: int


class PageSpacePostOut(Model):
    """PageSpacePostOut."""

    data: list[SpacePostOut]
    page: PageInfo


class HubsGroupSpacesSchemasTopicOut(Model):
    """A topic."""

    begun_at: dt.datetime
    group_id: UUID
    id: UUID
    is_locked: bool
    last_post_at: dt.datetime
    person_id: UUID | None
    posts: int
    title: str | None
    unread: int


class PageTopicOut(Model):
    """PageTopicOut."""

    data: list[HubsGroupSpacesSchemasTopicOut]
    page: PageInfo


class PostModerationIn(Model):
    """Hide a post, or show it again."""

    action: Literal["hide", "restore"]
    is_abusive: bool | None = None
    reason: str


class PostReportDecisionIn(Model):
    """What becomes of a report; one that is upheld hides the post."""

    is_abusive: bool | None = None
    outcome: Literal["upheld", "dismissed"]
    reason: str


class PostReportIn(Model):
    """Why a post should not be there."""

    kind: Literal["abuse", "personal_data", "off_topic", "other"]
    note: str | None = None


class PostReportReceipt(Model):
    """What the reporter is told."""

    id: UUID
    post_id: UUID
    reported_at: dt.datetime
    status: str


class ReadingIn(Model):
    """How far the caller has read."""

    until: int


class SpacePostEdit(Model):
    """Other words of a post. The words before stay with those who moderate."""

    text: str


class SpacePostIn(Model):
    """A post in a topic. Plain text: nothing in it is made into anything, and what looks like a tag is what it
    says.
    """

    reply_to: int | None = None
    text: str


class TopicIn(Model):
    """A topic and the post that opens it."""

    text: str
    title: str


class TopicModerationIn(Model):
    """Lock a topic, or open it again."""

    action: Literal["lock", "unlock"]
    reason: str


class WordingOut(Model):
    """A post's words up to an edit."""

    replaced_at: dt.datetime
    text: str
    version: int


class WordingsOut(Model):
    """How a post was worded before."""

    data: list[WordingOut]
