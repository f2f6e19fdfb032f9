"""Districts at their vintages, and the postcode areas whose main district and middle are known."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from hubs.base import Base


class District(Base):
    """A local authority district under one of its codes. Older codes stay, so that older records still resolve."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    region: Mapped[str] = mapped_column(String(40))
    vintage: Mapped[str] = mapped_column(String(4))
    """Year of the code list the code is taken from."""
    is_current: Mapped[bool]


class DistrictSuccessor(Base):
    """One district became (part of) another. A merged district has one successor; following it is safe for coverage,
    never for a category list, whose verdict belongs to the older area."""

    __tablename__ = "district_successor"

    old_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    new_code: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    effective_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10))


class PostcodeSector(Base):
    """An English postcode sector (`HD1 2`): its middle, and the district with most of its postcodes."""

    __tablename__ = "postcode_sector"
    __table_args__ = (CheckConstraint("district_share BETWEEN 0 AND 1", name="share"),)

    sector: Mapped[str] = mapped_column(String(6), primary_key=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    district_code: Mapped[str] = mapped_column(String(9))
    district_share: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False))


class Outcode(Base):
    """A postcode's first half (`HD1`) anywhere in Great Britain, with the country most of it lies in."""

    __tablename__ = "outcode"

    outcode: Mapped[str] = mapped_column(String(4), primary_key=True)
    country: Mapped[str] = mapped_column(String(20))
    latitude: Mapped[float]
    longitude: Mapped[float]
    district_code: Mapped[str] = mapped_column(String(9))
    district_share: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False))


class PostcodePoint(Base):
    """One postcode of the full directory: in England its district and position, elsewhere only the nation.

    Optional: `import postcodes` fills it. Position in metres on the national grid, half the size of degrees.
    """

    __tablename__ = "postcode_point"

    easting: Mapped[int | None]
    northing: Mapped[int | None]
    postcode: Mapped[str] = mapped_column(String(7), primary_key=True)
    """Without its space: `HD12AB`."""
    district_code: Mapped[str | None] = mapped_column(String(9))
    nation: Mapped[str] = mapped_column(String(1))
    """First letter of the statistical code: E, W, S, N, M (Isle of Man), L (Channel Islands)."""


class PostcodeDirectory(Base):
    """Which directory `postcode_point` was loaded from: one row, or none when it was never loaded."""

    __tablename__ = "postcode_directory"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(200))
    vintage: Mapped[str] = mapped_column(String(40))
    licence: Mapped[str] = mapped_column(String(40))
    attribution: Mapped[str] = mapped_column(String(400))
    postcodes: Mapped[int]
    in_england: Mapped[int]
    loaded_at: Mapped[datetime]
