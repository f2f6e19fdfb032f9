"""The catalogue's table."""

from decimal import Decimal

from sqlalchemy import Boolean, Numeric, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base


class Activity(Base):
    """A course or a community activity of the real catalogue."""

    __tablename__ = "activity"

    code: Mapped[str] = mapped_column(String(120), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(20), index=True)
    mode: Mapped[str] = mapped_column(String(20))
    provider: Mapped[str] = mapped_column(String(40))
    component: Mapped[str | None] = mapped_column(String(40))
    self_certifiable: Mapped[bool] = mapped_column(Boolean)
    """A teacher may record it in the log; a moderator decides."""
    published_credits: Mapped[Decimal] = mapped_column(Numeric(10, 4))
    counts_as: Mapped[str] = mapped_column(String(120))
    """The activity it is in the real world; rows that share it earn once between them."""
    counts_each_time: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))
    """Whether it is another activity in the real world each time it is done, such as sharing one resource more."""
    programmes: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    status: Mapped[str] = mapped_column(String(10))
    replaced_by: Mapped[str | None] = mapped_column(String(120))
    """The activity to do instead of one that is not offered any more."""
