"""Resources, their versions, and who used them. A version that was published once keeps its content for ever."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

ResourceType = Literal[
    "unit_of_work",
    "lesson_plan",
    "activity",
    "worksheet",
    "presentation",
    "assessment",
    "video",
    "software_project",
    "teacher_guide",
]
Licence = Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT"]
"""SPDX names of licences that let a school use and change what it finds; `reference/licences.csv` says more."""
VersionStatus = Literal["draft", "submitted", "in_review", "returned", "published", "superseded", "withdrawn"]
CommentStatus = Literal["waiting", "shown", "refused"]
WithdrawnAs = Literal["author", "moderator"]
OPEN: tuple[VersionStatus, ...] = ("draft", "submitted", "in_review", "returned")
"""On the way to being published: one version of a resource at a time."""
READABLE: tuple[VersionStatus, ...] = ("published", "superseded")
"""Published once, and for everybody to read unless the resource was withdrawn."""
_IS_OPEN = text("status IN ('draft', 'submitted', 'in_review', 'returned')")
_WORDS = (
    "setweight(to_tsvector('english'::regconfig, (title)::text), 'A'::\"char\")"
    " || setweight(to_tsvector('english'::regconfig, summary), 'B'::\"char\")"
)


class ResourceTopic(Base):
    """A topic of the controlled list."""

    __tablename__ = "resource_topic"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))


class CurriculumAim(Base):
    """An aim of the national curriculum for computing, in our words; without a key stage it is for all of them."""

    __tablename__ = "curriculum_aim"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    key_stage: Mapped[str | None] = mapped_column(String(12))
    statement: Mapped[str] = mapped_column(Text)


class Resource(Base):
    """A resource through all its versions. Whoever changes it, its versions or its uses holds this row first."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("num_nonnulls(teacher_id, organisation_id) = 1", name="author"),
        CheckConstraint("rating_count BETWEEN 0 AND used_count", name="counts"),
        CheckConstraint("rating_sum BETWEEN rating_count AND 5 * rating_count", name="ratings"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_for_cause IS NULL)", name="withdrawal"),
        Index("ix_resource_teacher_id", "teacher_id"),
        Index("ix_resource_organisation_id", "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    first_published_at: Mapped[datetime | None]
    contributed_on: Mapped[date | None]
    """The day of the submission that was accepted first, once others were told of it; null for an organisation's."""
    correction: Mapped[int] = mapped_column(default=0, server_default="0")
    """Number of the last correction of the contribution that others were told of."""
    used_count: Mapped[int] = mapped_column(default=0, server_default="0")
    rating_count: Mapped[int] = mapped_column(default=0, server_default="0")
    rating_sum: Mapped[int] = mapped_column(default=0, server_default="0")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_as: Mapped[WithdrawnAs | None] = mapped_column(one_of("withdrawn_as", WithdrawnAs))
    withdrawn_for_cause: Mapped[bool | None]
    """True: it should never have been published. The author's own withdrawal is not for cause."""
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was published and is not any more."""
        return self.withdrawn_at is not None

    def bring_back(self) -> None:
        """Forget the withdrawal; the audit trail does not."""
        self.withdrawn_at = self.withdrawn_by = self.withdrawn_as = None
        self.withdrawn_for_cause = self.withdrawal_reason = None


class ResourceVersion(Base):
    """One version. The database refuses to change the content of one that was published."""

    __tablename__ = "resource_version"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("reviewer_id <> submitted_by", name="two_people"),
        CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name="submitted"),
        CheckConstraint("cardinality(key_stages) > 0 AND cardinality(topics) > 0", name="described"),
        Index("uq_resource_version_open", "resource_id", unique=True, postgresql_where=_IS_OPEN),
        Index(
            "uq_resource_version_published",
            "resource_id",
            unique=True,
            postgresql_where=text("status = 'published'"),
        ),
        Index(
            "ix_resource_version_queue",
            "submitted_at",
            "resource_id",
            postgresql_where=text("status IN ('submitted', 'in_review')"),
        ),
        Index("ix_resource_version_words", "words", postgresql_using="gin"),
        Index("ix_resource_version_link", "link"),
    )

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(Text)
    key_stages: Mapped[list[str]] = mapped_column(ARRAY(String(12)))
    topics: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    aims: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    type: Mapped[ResourceType] = mapped_column(one_of("type", ResourceType))
    licence: Mapped[Licence] = mapped_column(one_of("licence", Licence))
    link: Mapped[str] = mapped_column(String(500))
    checksum: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of what the link led to, as the author says: by it a document that was exchanged is noticed."""
    credit_line: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[VersionStatus] = mapped_column(one_of("status", VersionStatus))
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    """Grows with each edit before publication."""
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[UUID | None]
    """The teacher, or the person or key that acted for the organisation."""
    reviewer_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    """The reviewer's, of publishing or returning it."""
    published_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True), deferred=True)


class ResourceUse(Base):
    """A teacher used a resource, once whatever the version; and what the teacher thinks of it, if they say."""

    __tablename__ = "resource_use"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name="rated"),
        CheckConstraint("(comment IS NULL) = (comment_status IS NULL)", name="comment"),
        CheckConstraint("comment IS NULL OR stars IS NOT NULL", name="comment_rates"),
        CheckConstraint("comment_decided_by <> teacher_id", name="two_people"),
        CheckConstraint("(comment IS NULL) = (comment_id IS NULL)", name="comment_id"),
        Index("uq_resource_use_comment_id", "comment_id", unique=True),
        Index("ix_resource_use_waiting", "comment_id", postgresql_where=text("comment_status = 'waiting'")),
    )

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)
    version_number: Mapped[int]
    used_at: Mapped[datetime]
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    rated_at: Mapped[datetime | None]
    comment: Mapped[str | None] = mapped_column(Text)
    comment_id: Mapped[UUID | None]
    """Another for each wording: what a moderator has not read is not what a moderator decides on."""
    comment_status: Mapped[CommentStatus | None] = mapped_column(one_of("comment_status", CommentStatus))
    comment_decided_by: Mapped[UUID | None]
    comment_decided_at: Mapped[datetime | None]
    comment_reason: Mapped[str | None] = mapped_column(Text)
