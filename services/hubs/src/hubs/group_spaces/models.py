"""Topics and posts of a group's space, what was said of them, how far people have read, and what earned credit."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

AuthorPart = Literal["participant", "lead", "staff"]
PostStatus = Literal["shown", "withdrawn", "hidden"]
ReportKind = Literal["abuse", "personal_data", "off_topic", "other"]
ReportStatus = Literal["open", "upheld", "dismissed"]
CreditBasis = Literal["confirmation", "posts"]


class SpaceTopic(Base):
    """A thread of a group's space. Whoever adds a post holds this row, so that posts are numbered without gaps."""

    __tablename__ = "space_topic"
    __table_args__ = (
        CheckConstraint("posts >= 1", name="posts"),
        CheckConstraint("(locked_at IS NULL) = (locked_by IS NULL)", name="locked"),
        Index("ix_space_topic_group_id_last_post_at_id", "group_id", "last_post_at", "id"),
        Index("ix_space_topic_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    person_id: Mapped[UUID | None]
    """Who began it; null once they were forgotten, as in posts."""
    title: Mapped[str] = mapped_column(String(200))
    posts: Mapped[int] = mapped_column(default=1)
    """Ever written: the number of the last one."""
    begun_at: Mapped[datetime]
    last_post_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    locked_by: Mapped[UUID | None]


class SpacePost(Base):
    """What somebody wrote in a topic. A post is never deleted: it is withdrawn by its author or hidden by a moderator.

    `text` is plain text and stored as it came; nobody but its reader's program makes anything of it.
    """

    __tablename__ = "space_post"
    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        CheckConstraint("(status = 'hidden') = (hidden_at IS NOT NULL)", name="hidden"),
        CheckConstraint("(status = 'withdrawn') <= (withdrawn_at IS NOT NULL)", name="withdrawn"),
        Index("ix_space_post_group_id_id", "group_id", "id"),
        Index("ix_space_post_group_id_posted_at", "group_id", "posted_at"),
        Index("ix_space_post_person_id_posted_at", "person_id", "posted_at"),
        Index("ix_space_post_words", "words", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("space_topic.id"))
    number: Mapped[int]
    """1 opens the topic."""
    reply_to: Mapped[int | None]
    """The number of the post of the same topic that it answers."""
    person_id: Mapped[UUID | None]
    part: Mapped[AuthorPart] = mapped_column(one_of("part", AuthorPart))
    """What the author was in the group when they wrote."""
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english'::regconfig, text)", persisted=True), deferred=True
    )
    status: Mapped[PostStatus] = mapped_column(one_of("status", PostStatus))
    version: Mapped[int] = mapped_column(default=1)
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[UUID | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    is_abusive: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Hidden for abuse: what it earned does not count."""


class SpaceWording(Base):
    """How a post was worded before an edit, for those who moderate."""

    __tablename__ = "space_wording"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("space_post.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime]


class SpaceReport(Base):
    """Somebody says that a post should not be there. Each person says so of a post once."""

    __tablename__ = "space_report"
    __table_args__ = (
        UniqueConstraint("post_id", "person_id"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_space_report_group_id_id", "group_id", "id"),
        Index("ix_space_report_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    post_id: Mapped[UUID] = mapped_column(ForeignKey("space_post.id"))
    person_id: Mapped[UUID | None]
    kind: Mapped[ReportKind] = mapped_column(one_of("kind", ReportKind))
    note: Mapped[str | None] = mapped_column(String(1000))
    status: Mapped[ReportStatus] = mapped_column(one_of("status", ReportStatus))
    reported_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decision_reason: Mapped[str | None] = mapped_column(String(500))


class SpaceReading(Base):
    """How far somebody has read a topic: up to the post of this number."""

    __tablename__ = "space_reading"
    __table_args__ = (Index("ix_space_reading_person_id", "person_id"),)

    topic_id: Mapped[UUID] = mapped_column(ForeignKey("space_topic.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[int]
    read_at: Mapped[datetime]


class SpaceDigest(Base):
    """The day on which somebody was last sent what is new in a group's space."""

    __tablename__ = "space_digest"
    __table_args__ = (Index("ix_space_digest_person_id", "person_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    sent_on: Mapped[date]
    until_at: Mapped[datetime]
    """What was posted up to this moment has been told of."""


class SpaceContribution(Base):
    """Somebody's part in a group's discussion was accepted, as the project's document says; once per group and person.

    It goes on for good: found abusive it does not count, and accepted anew it counts again with a further revision.
    """

    __tablename__ = "space_contribution"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        CheckConstraint("(basis = 'confirmation') = (accepted_by IS NOT NULL)", name="confirmed"),
        Index("ix_space_contribution_post_id", "post_id"),
        Index("ix_space_contribution_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("project_group.id"))
    person_id: Mapped[UUID]
    post_id: Mapped[UUID] = mapped_column(ForeignKey("space_post.id"))
    """The post that was accepted, or with which there were enough."""
    activity: Mapped[str] = mapped_column(String(120))
    """Of certification's catalogue, which says what it is worth."""
    basis: Mapped[CreditBasis] = mapped_column(one_of("basis", CreditBasis))
    counts: Mapped[bool]
    revision: Mapped[int] = mapped_column(default=0)
    """Of the last correction that others were told of."""
    contributed_on: Mapped[date]
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[UUID | None]
