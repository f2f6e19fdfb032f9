"""The tables of certificates. All but `certificate_holder` are free of personal data."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
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
        CheckConstraint(
            "num_nonnulls(completion_id, contribution_id, re_evaluation_id, log_entry_id) = 1", name="ground"
        ),
        CheckConstraint("decided_by <> recommended_by", name="two_persons"),
        CheckConstraint(
            "num_nonnulls(recommendation, reason, recommended_by, recommended_at) IN (0, 4)", name="recommended_whole"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    completion_id: Mapped[UUID | None]
    """The completion whose correction opened it; null when that of a contribution did."""
    contribution_id: Mapped[UUID | None]
    re_evaluation_id: Mapped[UUID | None]
    log_entry_id: Mapped[UUID | None]
    """The entry of the log that a second look reversed."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recommendation: Mapped[str | None] = mapped_column(String(10))
    """`keep` or `revoke`, as one administrator said; it waits for another."""
    reason: Mapped[str | None] = mapped_column(Text)
    recommended_by: Mapped[UUID | None]
    recommended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revocation_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_revocation.id"))
    """The proposal that a recommendation to revoke is."""
    outcome: Mapped[str | None] = mapped_column(String(10))
    """`kept` or `revoked`; null while it is open, and where an earlier release closed it."""
    decided_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Certificate(Base):
    """An award. `signature` covers `facts()`; a row whose facts it does not fit is not a certificate."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index(
            "uq_certificate_teacher_id_scheme",
            "teacher_id",
            "scheme",
            unique=True,
            postgresql_where=text("reissue_of IS NULL"),
        ),
        Index(
            "uq_certificate_school_urn_scheme",
            "school_urn",
            "scheme",
            unique=True,
            postgresql_where=text("reissue_of IS NULL"),
        ),
        CheckConstraint("num_nonnulls(school_urn, school_name) IN (0, 2)", name="school"),
        ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme_version.scheme", "scheme_version.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teacher.teacher_id"))
    """Whose it is; of a school's award who worked towards it for the school."""
    school_urn: Mapped[str | None] = mapped_column(String(6))
    """Of a school's award the school; null for one to a person."""
    school_name: Mapped[str | None] = mapped_column(String(300))
    """As it was called on the day of the award."""
    scheme: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(120))
    """As awarded; a scheme that is renamed later does not rename it."""
    code: Mapped[str] = mapped_column(String(30))
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    awarded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    awarded_on: Mapped[date] = mapped_column(Date)
    """The day in England."""
    expires_on: Mapped[date | None] = mapped_column(Date)
    """The first day on which it no longer stands; null for one that stands for good."""
    key_id: Mapped[str] = mapped_column(String(100))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    reissue_of: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    """The certificate that this one replaces because the name on it changed; null for an award."""

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
            **({"expires_on": self.expires_on.isoformat()} if self.expires_on else {}),
            **({"school_urn": self.school_urn} if self.school_urn else {}),
            **({"school_name": self.school_name} if self.school_name else {}),
        }

    def record(self, number: str) -> Mapping[str, str | int]:
        """What whoever has the code is shown, and what the log holds the hash of: the facts but for whose they are."""
        told = {name: value for name, value in self.facts().items() if name != "teacher_id"}
        return {**told, "statement": "uk.ncce.certificate.record.v1", "number": number}


class CertificateRegistration(Base):
    """A certificate's place in the registers: its number, without gaps in a scheme and year, and its status bit."""

    __tablename__ = "certificate_registration"
    __table_args__ = (UniqueConstraint("scheme", "year", "serial"), UniqueConstraint("status_list", "status_index"))

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(BigInteger, unique=True)
    scheme: Mapped[str] = mapped_column(String(60))
    year: Mapped[int] = mapped_column(Integer)
    serial: Mapped[int] = mapped_column(Integer)
    status_list: Mapped[int] = mapped_column(Integer)
    status_index: Mapped[int] = mapped_column(Integer)
    """Drawn at random, so that neighbours in the list were not awarded together."""

    @property
    def number(self) -> str:
        """As printed: `PRIMARY-2026-000017`."""
        return f"{self.scheme.upper().replace('_', '-')}-{self.year}-{self.serial:06}"


class CertificateHolder(Base):
    """The name on a certificate, which its holder gave it, and what of it others may see. The only personal data here.

    Printed once it is there: another name is another certificate. The row may be erased without breaking the log, which
    holds a hash with `salt`.
    """

    __tablename__ = "certificate_holder"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    shows_name: Mapped[bool] = mapped_column(Boolean)
    shares_document: Mapped[bool] = mapped_column(Boolean)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(String(100))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))

    def facts(self) -> Mapping[str, str | int]:
        """What is signed: that this is the name on that certificate."""
        return {
            "statement": "uk.ncce.certificate.holder.v1",
            "certificate_id": str(self.certificate_id),
            "name": self.name,
            "salt": self.salt.hex(),
            "confirmed_at": self.confirmed_at.isoformat(),
        }


class CertificateRevocation(Base):
    """A proposal to revoke a certificate, and what a second person decided on it."""

    __tablename__ = "certificate_revocation"
    __table_args__ = (
        Index(
            "uq_certificate_revocation_open",
            "certificate_id",
            unique=True,
            postgresql_where=text("outcome IS NULL OR outcome = 'approved'"),
        ),
        CheckConstraint("decided_by <> proposed_by", name="two_persons"),
        CheckConstraint("num_nonnulls(outcome, decided_by, decided_at) IN (0, 3)", name="decided_whole"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    reason: Mapped[str] = mapped_column(Text)
    """For the record and the holder; the public learns that and when, not why."""
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CertificateDocument(Base):
    """The hash of a document made for a certificate; a newer typesetter may add another, none is taken away."""

    __tablename__ = "certificate_document"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
