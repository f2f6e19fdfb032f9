"""Offers, and the schools that are interested in them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

OfferKind = Literal[
    "ambassador_visit",
    "club",
    "competition",
    "mentoring",
    "online_event",
    "site_visit",
    "workshop",
    "equipment",
]
Term = Literal["autumn", "spring", "summer"]
OfferStatus = Literal["draft", "submitted", "returned", "published", "closed"]
InterestStatus = Literal["registered", "waiting", "withdrawn"]
ContactRole = Literal["headteacher", "computing_lead", "stem_lead", "careers_lead", "school_office"]
_WORDS = (
    "setweight(to_tsvector('english'::regconfig, (title)::text), 'A'::\"char\")"
    " || setweight(to_tsvector('english'::regconfig, (((offered_by)::text || ' '::text) || summary)), 'B'::\"char\")"
)


class EnrichmentOffer(Base):
    """Something an organisation offers to schools in one term. Whoever changes it or its interests holds this row."""

    __tablename__ = "enrichment_offer"
    __table_args__ = (
        CheckConstraint("amount_pence >= 0", name="amount"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("registered_count >= 0 AND waiting_count >= 0", name="counts"),
        CheckConstraint("capacity IS NULL OR registered_count <= capacity", name="within_capacity"),
        CheckConstraint("starts_on <= ends_on", name="dates"),
        CheckConstraint("submitted_by <> decided_by", name="two_people"),
        CheckConstraint("(status = 'published') <= (published_at IS NOT NULL)", name="published"),
        Index("ix_enrichment_offer_organisation_id", "organisation_id", "id"),
        Index("ix_enrichment_offer_published", "expires_on", "id", postgresql_where=text("status = 'published'")),
        Index("ix_enrichment_offer_submitted", "id", postgresql_where=text("status = 'submitted'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    """Whose offer it is: its key and its administrators keep it."""
    offered_by: Mapped[str] = mapped_column(String(120))
    """Who gives it, as schools know them: the organisation, or a firm that it brings."""
    title: Mapped[str] = mapped_column(String(150))
    kind: Mapped[OfferKind] = mapped_column(one_of("kind", OfferKind))
    summary: Mapped[str] = mapped_column(Text)
    key_stages: Mapped[list[str]] = mapped_column(ARRAY(String(12)))
    academic_year: Mapped[str] = mapped_column(String(7))
    term: Mapped[Term] = mapped_column(one_of("term", Term))
    regions: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    """None: it is national."""
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    expires_on: Mapped[date]
    """The last day on which it is found: `ends_on`, else the last of the term."""
    capacity: Mapped[int | None]
    """Schools it can take; null for no limit."""
    amount_pence: Mapped[int]
    """What a school pays; 0 is free."""
    link: Mapped[str] = mapped_column(String(500))
    status: Mapped[OfferStatus] = mapped_column(one_of("status", OfferStatus))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    """Of the moderator's decision, or of the closure."""
    published_at: Mapped[datetime | None]
    registered_count: Mapped[int] = mapped_column(default=0, server_default="0")
    waiting_count: Mapped[int] = mapped_column(default=0, server_default="0")
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True), deferred=True)

    @property
    def is_national(self) -> bool:
        """Whether schools of every region may ask for it."""
        return not self.regions


class EnrichmentInterest(Base):
    """A school is interested: how many pupils, and who at the school is to be asked for, by role and not by name."""

    __tablename__ = "enrichment_interest"
    __table_args__ = (
        CheckConstraint("pupils > 0 AND staff >= 0", name="numbers"),
        Index(
            "ix_enrichment_interest_waiting",
            "offer_id",
            "since_at",
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_enrichment_interest_school_urn", "school_urn"),
    )

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("enrichment_offer.id"), primary_key=True)
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    pupils: Mapped[int]
    staff: Mapped[int]
    contact_role: Mapped[ContactRole] = mapped_column(one_of("contact_role", ContactRole))
    status: Mapped[InterestStatus] = mapped_column(one_of("status", InterestStatus))
    since_at: Mapped[datetime]
    """When the school came; it keeps its turn while it changes numbers, and loses it when it withdraws."""
    registered_by: Mapped[UUID]
