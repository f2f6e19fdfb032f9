"""Funds, as awarded, and the budgets that spend them."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

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

    __table_args__ = (CheckConstraint("allocated_pence >= 0", name="allocated"),)


class Budget(Base):
    """One line that is spent from. What it holds is on its five ledger accounts."""

    __tablename__ = "budget"

    budget: Mapped[str] = mapped_column(String(60), primary_key=True)
    fund: Mapped[str] = mapped_column(ForeignKey("fund.fund"))
    title: Mapped[str] = mapped_column(String(200))
    is_sandbox: Mapped[bool]
    """Whether any of its money is made up, for demonstration."""
