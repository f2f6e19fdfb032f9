"""The money of each group as funding last told it."""

from uuid import UUID

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base


class GroupMoney(Base):
    """What a group's hub can expect, was awarded, has drawn, is owed and has to return; pence, our part only."""

    __tablename__ = "group_money"
    __table_args__ = (Index("ix_group_money_network_project_year", "network", "project_year"),)

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Of funding's news: it may be heard before the group's own row is looked at, so it refers to none."""
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Of the news that is kept: older news changes nothing."""
    hub_id: Mapped[UUID]
    network: Mapped[str] = mapped_column(String(60))
    project_code: Mapped[str] = mapped_column(String(60))
    project_year: Mapped[str] = mapped_column(String(7))
    grant_status: Mapped[str | None] = mapped_column(String(20))
    expected_pence: Mapped[int] = mapped_column(BigInteger)
    awarded_pence: Mapped[int] = mapped_column(BigInteger)
    drawn_pence: Mapped[int] = mapped_column(BigInteger)
    owed_pence: Mapped[int] = mapped_column(BigInteger)
    to_return_pence: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str | None] = mapped_column(Text)
    """The code of why the grant is not in line with the group; none when it is."""
