"""Tables of pathways to chartered status and of applications."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class CharteredPathway(Base):
    """One version of a pathway. Rows are never changed or removed: a database trigger refuses it."""

    __tablename__ = "chartered_pathway"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    effective_from: Mapped[date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[UUID]
    """Who decides."""
    source: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `chartered.rules.PathwayRules` document."""


class CharteredApplication(Base):
    """A teacher on the way to chartered status, under the version of the pathway in force when it began."""

    __tablename__ = "chartered_application"
    __table_args__ = (
        ForeignKeyConstraint(["pathway", "version"], ["chartered_pathway.slug", "chartered_pathway.version"]),
        Index("ix_chartered_application_teacher_id_id", "teacher_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    pathway: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)


class CharteredStatement(Base):
    """What a teacher wrote for a need; the latest counts."""

    __tablename__ = "chartered_statement"
    __table_args__ = (Index("ix_chartered_statement_application_id_id", "application_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("chartered_application.id"))
    need: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CharteredConsent(Base):
    """A teacher agreed to send the evidence once. Until it is sent the consent can be taken back."""

    __tablename__ = "chartered_consent"
    __table_args__ = (
        Index(
            "uq_chartered_consent_standing",
            "application_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL AND used_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("chartered_application.id"))
    statement: Mapped[str] = mapped_column(Text)
    """What was agreed to, word for word."""
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
