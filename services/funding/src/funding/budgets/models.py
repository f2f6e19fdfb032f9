"""Funds, as awarded, and the budgets that spend them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import UtcDateTime
from funding.base import Base


class Fund(Base):
    """Money awarded for a purpose. `allocated_pence` is None where the source does not publish it."""

    __tablename__ = "fund"

    fund: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    lot: Mapped[int | None]
    allocated_pence: Mapped[int | None] = mapped_column(BigInteger)
    part_of: Mapped[str | None] = mapped_column(ForeignKey("fund.fund"))
    source: Mapped[str] = mapped_column(Text)
    distributed_pence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """What its budgets and those of its parts were allocated; never more than was awarded."""
    seal: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("allocated_pence >= 0", name="allocated"),
        CheckConstraint("distributed_pence BETWEEN 0 AND coalesce(allocated_pence, distributed_pence)", name="held"),
    )


class Budget(Base):
    """One line that is spent from. What it holds is on its five ledger accounts."""

    __tablename__ = "budget"

    budget: Mapped[str] = mapped_column(String(60), primary_key=True)
    fund: Mapped[str] = mapped_column(ForeignKey("fund.fund"))
    title: Mapped[str] = mapped_column(String(200))
    is_sandbox: Mapped[bool]
    """Whether any of its money is made up, for demonstration."""
    scheme: Mapped[str | None] = mapped_column(String(60))
    """What the money is for, such as `bursaries`."""
    hub_id: Mapped[UUID | None] = mapped_column(index=True)
    financial_year: Mapped[str | None] = mapped_column(String(7))
    """From 1 April, such as `2026-27`; None for money of several years."""
    seal: Mapped[str | None] = mapped_column(Text)


class BudgetForecast(Base):
    """What somebody expects a budget to spend in all. Never changed: the latest holds."""

    __tablename__ = "budget_forecast"
    __table_args__ = (
        CheckConstraint("forecast_pence >= 0", name="forecast"),
        Index("ix_budget_forecast_latest", "budget", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    budget: Mapped[str] = mapped_column(ForeignKey("budget.budget"))
    forecast_pence: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seal: Mapped[str | None] = mapped_column(Text)
