"""The table of drafts of rules."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base
from certification.proposals.models import Draft, constraints


class SchemeDraft(Draft, Base):
    """Rules that somebody proposes. `cases` holds `schemes.cases.Case` documents."""

    __tablename__ = "scheme_draft"
    __table_args__ = (
        *constraints(),
        CheckConstraint("standing IN ('in_force', 'on_record')", name="standing"),
        UniqueConstraint("scheme", "published_version"),
        ForeignKeyConstraint(["scheme", "published_version"], ["scheme_version.scheme", "scheme_version.version"]),
        Index("ix_scheme_draft_scheme_id", "scheme", "id"),
    )

    scheme: Mapped[str] = mapped_column(ForeignKey("scheme.slug"))
    standing: Mapped[str] = mapped_column(String(10))
    rules: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `schemes.rules.SchemeRules` document."""
