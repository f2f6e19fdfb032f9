"""Tables of schemes."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base


class Scheme(Base):
    """A certificate that a teacher can work towards."""

    __tablename__ = "scheme"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text)
    phases: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    enrols_on_registration: Mapped[bool] = mapped_column(Boolean)


class SchemeVersion(Base):
    """The rules of a scheme from a date on. Rows are never changed or removed: a database trigger refuses it."""

    __tablename__ = "scheme_version"
    __table_args__ = (
        CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="dates"),
        CheckConstraint("standing IN ('in_force', 'on_record')", name="standing"),
    )

    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    effective_from: Mapped[date] = mapped_column(Date)
    effective_to: Mapped[date | None] = mapped_column(Date)
    standing: Mapped[str] = mapped_column(String(10), default="in_force", server_default="in_force")
    """`on_record` for rules by which the certificate was awarded elsewhere: nobody is enrolled under them by date, and
    people can be compared with them or moved to them."""
    source: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `schemes.rules.SchemeRules` document."""


class SchemeCase(Base):
    """A case that a published version passed, kept with it."""

    __tablename__ = "scheme_case"
    __table_args__ = (ForeignKeyConstraint(["scheme", "version"], ["scheme_version.scheme", "scheme_version.version"]),)

    scheme: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    document: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `schemes.cases.Case` document."""
