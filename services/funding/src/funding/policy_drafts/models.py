"""The table of drafts, and what drafts of every kind have. The database holds who decided, and on what."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class DraftStatus(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    TESTED = "tested"
    APPROVED = "approved"
    DECLINED = "declined"
    PUBLISHED = "published"


def constraints() -> tuple[CheckConstraint, ...]:
    """What holds of drafts of every kind."""
    return (
        CheckConstraint("status IN ('draft', 'tested', 'approved', 'declined', 'published')", name="status"),
        CheckConstraint("decided_by <> author_id", name="second_person"),
        CheckConstraint(
            "(status IN ('approved', 'declined', 'published')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name="decision",
        ),
        CheckConstraint("status NOT IN ('approved', 'published') OR approved_checksum = checksum", name="as_approved"),
        CheckConstraint("status = 'draft' OR tested_checksum = checksum", name="as_tested"),
        CheckConstraint("(status = 'published') = (published_version IS NOT NULL)", name="publication"),
    )


class Draft:
    """A version that somebody proposes, with the cases that it has to pass."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    """Counts every change; its entity tag."""
    status: Mapped[str] = mapped_column(String(10))
    document: Mapped[str] = mapped_column(Text)
    """The policy's canonical text."""
    cases: Mapped[str] = mapped_column(Text)
    """The cases' canonical text."""
    checksum: Mapped[str] = mapped_column(String(64))
    """Of all that is proposed together, computed by the database: any edit changes it."""
    tested_checksum: Mapped[str | None] = mapped_column(String(64))
    approved_checksum: Mapped[str | None] = mapped_column(String(64))
    author_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_version: Mapped[int | None]
    seal: Mapped[str | None] = mapped_column(Text)


class PolicyDraft(Draft, Base):
    """A version of a bursary policy that somebody proposes."""

    __tablename__ = "policy_draft"
    __table_args__ = (
        *constraints(),
        ForeignKeyConstraint(["policy", "published_version"], ["policy_version.policy", "policy_version.version"]),
        Index(
            "uq_policy_draft_published",
            "policy",
            "published_version",
            unique=True,
            postgresql_where=text("published_version IS NOT NULL"),
        ),
        Index("ix_policy_draft_policy_id", "policy", "id"),
    )

    policy: Mapped[str] = mapped_column(String(60))
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
