"""Attestations of a school's offer. The standing one of a school and year is the value that counts."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

AttestedAs = Literal["school_lead", "hub_staff"]
AttestationStatus = Literal["standing", "confirming", "in_review", "refused", "overruled"]


class GcseOfferAttestation(Base):
    """Somebody's word that a school offers GCSE computer science in a year, or that it does not."""

    __tablename__ = "gcse_offer_attestation"
    __table_args__ = (
        Index(
            "uq_gcse_offer_attestation_standing",
            "urn",
            "academic_year",
            unique=True,
            postgresql_where=text("status = 'standing'"),
        ),
        Index("ix_gcse_offer_attestation_in_review", "id", postgresql_where=text("status = 'in_review'")),
        Index("ix_gcse_offer_attestation_urn", "urn"),
        CheckConstraint("attested_by <> decided_by", name="two_people"),
        CheckConstraint("(attested_as = 'hub_staff') = (hub_id IS NOT NULL)", name="hub"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    academic_year: Mapped[str] = mapped_column(String(7))
    offers: Mapped[bool]
    attested_as: Mapped[AttestedAs] = mapped_column(one_of("attested_as", AttestedAs))
    hub_id: Mapped[UUID | None] = mapped_column(ForeignKey("hub.id"))
    attested_by: Mapped[UUID]
    attested_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)
    status: Mapped[AttestationStatus] = mapped_column(one_of("status", AttestationStatus))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
