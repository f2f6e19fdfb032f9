"""Tables of endorsements and of the requests for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime
from chassis.ids import new_id


class EndorsementRequest(Base):
    """A teacher asks an organisation to endorse one thing. Nobody endorses a teacher who has not asked."""

    __tablename__ = "endorsement_request"
    __table_args__ = (
        CheckConstraint("num_nonnulls(application_id, certificate_id, activity) = 1", name="subject"),
        Index("ix_endorsement_request_teacher_id_id", "teacher_id", "id"),
        Index("ix_endorsement_request_organisation_id_id", "organisation_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    organisation_id: Mapped[UUID]
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("chartered_application.id"))
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"))
    activity: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    """What the teacher tells the organisation of themselves."""
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Endorsement(Base):
    """What an organisation says: of a teacher who asked, or of a scheme. Withdrawn, it stays on record."""

    __tablename__ = "endorsement"
    __table_args__ = (
        CheckConstraint("num_nonnulls(request_id, scheme) = 1", name="subject"),
        CheckConstraint("(request_id IS NULL) = (teacher_id IS NULL)", name="teacher"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)", name="withdrawal"),
        Index("ix_endorsement_teacher_id", "teacher_id"),
        Index(
            "uq_endorsement_scheme_standing",
            "organisation_id",
            "scheme",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL AND scheme IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID]
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("endorsement_request.id"), unique=True)
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("teacher.teacher_id"))
    scheme: Mapped[str | None] = mapped_column(ForeignKey("scheme.slug"))
    statement: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
