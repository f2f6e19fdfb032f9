"""The table of certificates: append-only, signed, and free of personal data."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class CertificateReview(Base):
    """An award whose ground a correction took away. It stands until a person has decided; one open review at a time."""

    __tablename__ = "certificate_review"
    __table_args__ = (
        Index(
            "uq_certificate_review_open",
            "certificate_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        CheckConstraint("num_nonnulls(completion_id, contribution_id, re_evaluation_id) = 1", name="ground"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    completion_id: Mapped[UUID | None]
    """The completion whose correction opened it; null when that of a contribution did."""
    contribution_id: Mapped[UUID | None]
    re_evaluation_id: Mapped[UUID | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Certificate(Base):
    """An award. `signature` covers `facts()`; a row whose facts it does not fit is not a certificate."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("teacher_id", "scheme"),
        ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme_version.scheme", "scheme_version.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    scheme: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(120))
    """As awarded; a scheme that is renamed later does not rename it."""
    code: Mapped[str] = mapped_column(String(30))
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    awarded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    awarded_on: Mapped[date] = mapped_column(Date)
    """The day in England."""
    key_id: Mapped[str] = mapped_column(String(100))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))

    def facts(self) -> Mapping[str, str | int]:
        """What is signed. The first entry keeps a signature from ever standing for anything but an award."""
        return {
            "statement": "uk.ncce.certificate.award.v1",
            "certificate_id": str(self.id),
            "teacher_id": str(self.teacher_id),
            "scheme": self.scheme,
            "scheme_version": self.scheme_version,
            "title": self.title,
            "code": self.code,
            "awarded_at": self.awarded_at.isoformat(),
            "awarded_on": self.awarded_on.isoformat(),
        }
