"""Awards, what each was calculated from, who pays which part, and when it may be drawn."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class RecipientKind(StrEnum):
    """What kind of organisation receives a grant. Never a person."""

    HUB = "hub"
    SCHOOL = "school"
    TRUST = "trust"
    LOCAL_AUTHORITY = "local_authority"
    COMPANY = "company"
    """A community interest company."""


class GrantStatus(StrEnum):
    """Where an award stands."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    AWARDED = "awarded"
    """The budget holds the money; the recipient has not agreed yet."""
    ACCEPTED = "accepted"
    """The recipient agreed, and may draw."""
    COMPLETED = "completed"
    TERMINATED = "terminated"


TRANSITIONS = (
    (GrantStatus.PROPOSED, GrantStatus.WITHDRAWN),
    (GrantStatus.PROPOSED, GrantStatus.DECLINED),
    (GrantStatus.PROPOSED, GrantStatus.AWARDED),
    (GrantStatus.AWARDED, GrantStatus.ACCEPTED),
    (GrantStatus.AWARDED, GrantStatus.TERMINATED),
    (GrantStatus.ACCEPTED, GrantStatus.COMPLETED),
    (GrantStatus.ACCEPTED, GrantStatus.TERMINATED),
)
"""Every step that the database lets an award take."""

ENDED = (GrantStatus.COMPLETED, GrantStatus.TERMINATED)


class SnapshotStatus(StrEnum):
    """Where a calculation of an award stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"


SNAPSHOT_TRANSITIONS = (
    (SnapshotStatus.PROPOSED, SnapshotStatus.APPROVED),
    (SnapshotStatus.PROPOSED, SnapshotStatus.DECLINED),
)


class SourceStatus(StrEnum):
    """Where a part of an award stands: ours, or one that the recipient claims from somebody else."""

    OURS = "ours"
    TO_BE_CLAIMED = "to_be_claimed"
    CLAIMED = "claimed"
    RECEIVED = "received"


SOURCE_TRANSITIONS = (
    (SourceStatus.TO_BE_CLAIMED, SourceStatus.CLAIMED),
    (SourceStatus.CLAIMED, SourceStatus.RECEIVED),
)


def listed(states: type[StrEnum]) -> str:
    """The states as SQL writes a list."""
    return "(" + ", ".join(f"'{one}'" for one in states) + ")"


class GrantAward(Base):
    """An award. All sums are pence; `own_pence` is what our budget pays of it, the rest comes from other funders.

    Drawn less due back, and what lapsed, never exceed what was awarded: whatever happens, the database holds that.
    """

    __tablename__ = "grant_award"
    __table_args__ = (
        ForeignKeyConstraint(["card", "card_version"], ["grant_card_version.card", "grant_card_version.version"]),
        CheckConstraint(f"status IN {listed(GrantStatus)}", name="status"),
        CheckConstraint(f"recipient_kind IN {listed(RecipientKind)}", name="recipient_kind"),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("status IN ('proposed', 'withdrawn') OR decided_by IS NOT NULL", name="decided"),
        CheckConstraint(
            "status NOT IN ('accepted', 'completed') OR (accepted_by IS NOT NULL AND accepted_name IS NOT NULL)",
            name="agreed",
        ),
        CheckConstraint("own_pence >= 0 AND own_pence <= amount_pence", name="amount"),
        CheckConstraint("drawn_pence >= 0 AND due_back_pence >= 0 AND lapsed_pence >= 0", name="sums"),
        CheckConstraint(
            "due_back_pence <= drawn_pence AND drawn_pence - due_back_pence + lapsed_pence <= own_pence",
            name="never_above_award",
        ),
        CheckConstraint("returned_pence >= 0 AND returned_pence <= due_back_pence", name="returned"),
        Index(
            "uq_grant_award_live",
            "card",
            "recipient_kind",
            "recipient_id",
            "reference",
            unique=True,
            postgresql_where=text("status NOT IN ('withdrawn', 'declined')"),
        ),
        Index("ix_grant_award_proposed_at", "proposed_at", "id"),
        Index("ix_grant_award_recipient", "recipient_kind", "recipient_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    card: Mapped[str] = mapped_column(String(60))
    card_version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(120))
    """What is funded, in the programme's own words, such as a group's code; one live award for each."""
    recipient_kind: Mapped[str] = mapped_column(String(20))
    recipient_id: Mapped[str] = mapped_column(String(60))
    recipient_name: Mapped[str] = mapped_column(String(200))
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    status: Mapped[str] = mapped_column(String(20))
    snapshot: Mapped[int]
    """The ordinal of the calculation that holds."""
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    own_pence: Mapped[int] = mapped_column(BigInteger)
    drawn_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    lapsed_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Awarded and, at the end, not to be used any more."""
    spent_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    due_back_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    returned_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    agreement_version: Mapped[str] = mapped_column(String(40))
    agreement_reference: Mapped[str] = mapped_column(String(300))
    agreement_sha256: Mapped[str] = mapped_column(String(64))
    findings_accepted_because: Mapped[str | None] = mapped_column(Text)
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    accepted_by: Mapped[UUID | None]
    accepted_name: Mapped[str | None] = mapped_column(String(200))
    accepted_position: Mapped[str | None] = mapped_column(String(200))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantSnapshot(Base):
    """One calculation of an award: card version, inputs, every line, and what it changes. The first is the award's own.

    Never edited: when a group changes, another snapshot with the difference is proposed and approved.
    """

    __tablename__ = "grant_snapshot"
    __table_args__ = (
        ForeignKeyConstraint(["card", "card_version"], ["grant_card_version.card", "grant_card_version.version"]),
        CheckConstraint(f"status IN {listed(SnapshotStatus)}", name="status"),
        CheckConstraint("decided_by <> requested_by", name="second_person"),
        CheckConstraint("(status = 'proposed') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("ordinal >= 1", name="ordinal"),
        Index("uq_grant_snapshot_open", "grant_id", unique=True, postgresql_where=text("status = 'proposed'")),
    )

    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    card: Mapped[str] = mapped_column(String(60))
    card_version: Mapped[int]
    calculation: Mapped[str] = mapped_column(Text)
    """Canonical text of the calculation, inputs and lines included."""
    sha256: Mapped[str] = mapped_column(String(64))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    own_pence: Mapped[int] = mapped_column(BigInteger)
    difference_pence: Mapped[int] = mapped_column(BigInteger)
    own_difference_pence: Mapped[int] = mapped_column(BigInteger)
    because: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantSource(Base):
    """A funder's part of an award, as of one snapshot: the parts of all approved snapshots add up to the award."""

    __tablename__ = "grant_source"
    __table_args__ = (
        ForeignKeyConstraint(["grant_id", "ordinal"], ["grant_snapshot.grant_id", "grant_snapshot.ordinal"]),
        CheckConstraint(f"status IN {listed(SourceStatus)}", name="status"),
        CheckConstraint("(status = 'ours') <> is_external", name="external"),
        CheckConstraint("amount_pence <> 0", name="amount"),
        CheckConstraint("status NOT IN ('claimed', 'received') OR reference IS NOT NULL", name="referenced"),
    )

    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    funder: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    is_external: Mapped[bool]
    claimed_from: Mapped[str | None] = mapped_column(String(500))
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(120))
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)


class GrantInstalment(Base):
    """A part of an award that may be drawn from a day on, when its condition is met."""

    __tablename__ = "grant_instalment"
    __table_args__ = (
        UniqueConstraint("grant_id", "number"),
        CheckConstraint("amount_pence > 0", name="amount"),
        CheckConstraint("drawn_pence >= 0 AND cancelled_pence >= 0", name="sums"),
        CheckConstraint("drawn_pence + cancelled_pence <= amount_pence", name="never_above_instalment"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    condition: Mapped[str] = mapped_column(Text)
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    drawn_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    cancelled_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    seal: Mapped[str | None] = mapped_column(Text)


class GrantHistory(Base):
    """What happened to an award, who did it and why. The table is append-only."""

    __tablename__ = "grant_history"
    __table_args__ = (Index("ix_grant_history_grant_id", "grant_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant_award.id"))
    action: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    """Of the award, afterwards."""
    actor: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    amount_pence: Mapped[int | None] = mapped_column(BigInteger)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
