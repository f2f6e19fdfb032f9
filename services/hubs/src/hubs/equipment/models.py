"""Kits, their loans, and reports of damage. A kit is promised or out to one school at a time: the database refuses."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base, one_of

KitKind = Literal["microbits", "sensors", "single_board_computers", "robots", "electronics", "laptops", "other"]
Condition = Literal["new", "good", "worn", "damaged"]
KitStatus = Literal["available", "out", "in_repair", "lost", "withdrawn"]
"""Never stored: `queries.STATUS` reads it off the loans and reports of damage."""
LoanStatus = Literal["requested", "agreed", "lent", "returned", "lost", "refused", "cancelled"]
DamageOutcome = Literal["repaired", "replaced", "written_off", "no_fault_found"]

HOLDS_KIT: tuple[LoanStatus, ...] = ("agreed", "lent")
"""States in which a kit is somebody's between `from_on` and `due_on`."""


class Kit(Base):
    """A set that is lent as a whole. The row is held by whatever changes its loans."""

    __tablename__ = "kit"
    __table_args__ = (
        CheckConstraint("items_count >= 0", name="items_count"),
        CheckConstraint("value_pence >= 0", name="value_pence"),
        CheckConstraint("longest_loan_days > 0", name="longest_loan_days"),
        Index("ix_kit_hub_id_id", "hub_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[UUID] = mapped_column(ForeignKey("hub.id"))
    owner_urn: Mapped[str | None] = mapped_column(ForeignKey("school.urn"))
    """The school that owns it; null when the hub does."""
    kind: Mapped[KitKind] = mapped_column(one_of("kind", KitKind))
    title: Mapped[str] = mapped_column(String(120))
    items_count: Mapped[int]
    value_pence: Mapped[int]
    """Of the whole kit."""
    condition: Mapped[Condition] = mapped_column(one_of("condition", Condition))
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default="false")
    longest_loan_days: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Loan(Base):
    """A school wants, is promised, has or had a kit from a day to a day, both included. `rules.MOVES` has what follows.

    That it is overdue is not kept: it is what a loan is that is out after `due_on`.
    """

    __tablename__ = "loan"
    __table_args__ = (
        CheckConstraint("from_on <= due_on", name="days"),
        CheckConstraint("extension_to_on > due_on", name="extension"),
        CheckConstraint("status NOT IN ('lent', 'returned', 'lost') OR lent_on IS NOT NULL", name="lent_on"),
        CheckConstraint("(status = 'returned') = (returned_on IS NOT NULL)", name="returned_on"),
        ExcludeConstraint(
            ("kit_id", "="),
            (text("daterange(from_on, due_on, '[]')"), "&&"),
            where=text("status IN ('agreed', 'lent')"),
            using="gist",
            name="ex_loan_no_overlap",
        ),
        Index("uq_loan_out", "kit_id", unique=True, postgresql_where=text("status = 'lent'")),
        Index("ix_loan_borrower_urn_id", "borrower_urn", "id"),
        Index("ix_loan_kit_id_id", "kit_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kit_id: Mapped[UUID] = mapped_column(ForeignKey("kit.id"))
    borrower_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    from_on: Mapped[date]
    due_on: Mapped[date]
    extension_to_on: Mapped[date | None]
    """What the borrower asks for and the lender has not decided on."""
    status: Mapped[LoanStatus] = mapped_column(one_of("status", LoanStatus))
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID]
    lent_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    items_lent: Mapped[int | None]
    items_returned: Mapped[int | None]
    condition_lent: Mapped[Condition | None] = mapped_column(one_of("condition_lent", Condition))
    condition_returned: Mapped[Condition | None] = mapped_column(one_of("condition_returned", Condition))
    reason: Mapped[str | None] = mapped_column(String(300))
    """Why it was refused or called off."""


class LoanStep(Base):
    """What happened to a loan, in order. Rows are only added."""

    __tablename__ = "loan_step"
    __table_args__ = (Index("ix_loan_step_loan_id_id", "loan_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    step: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    due_on: Mapped[date]
    """As it was after the step."""


class DamageReport(Base):
    """Items of a kit were found damaged or missing on a loan. Without an outcome the kit is not lent."""

    __tablename__ = "damage_report"
    __table_args__ = (
        CheckConstraint(
            "items_damaged >= 0 AND items_missing >= 0 AND items_damaged + items_missing > 0", name="items"
        ),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("cost_pence >= 0", name="cost_pence"),
        Index("ix_damage_report_loan_id", "loan_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    loan_id: Mapped[UUID] = mapped_column(ForeignKey("loan.id"))
    items_damaged: Mapped[int]
    items_missing: Mapped[int]
    description: Mapped[str] = mapped_column(String(500))
    """Of the equipment; it is not the place for a person's name."""
    reported_at: Mapped[datetime]
    reported_by: Mapped[UUID]
    outcome: Mapped[DamageOutcome | None] = mapped_column(one_of("outcome", DamageOutcome))
    cost_pence: Mapped[int | None]
    """What putting it right cost, whoever paid."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
