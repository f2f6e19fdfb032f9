"""The table of drafts of questionnaires."""

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base
from certification.proposals.models import Draft, constraints


class QuestionnaireDraft(Draft, Base):
    """A questionnaire that somebody proposes. `cases` holds `diagnostics.cases.AnswersCase` documents."""

    __tablename__ = "questionnaire_draft"
    __table_args__ = (
        *constraints(),
        UniqueConstraint("slug", "published_version"),
        ForeignKeyConstraint(["slug", "published_version"], ["diagnostic.slug", "diagnostic.version"]),
        Index("ix_questionnaire_draft_slug_id", "slug", "id"),
    )

    slug: Mapped[str] = mapped_column(String(60))
    """Of a diagnostic that there is, or of one to come."""
    title: Mapped[str] = mapped_column(String(120))
    activity: Mapped[str] = mapped_column(String(120))
    counts_as: Mapped[str | None] = mapped_column(String(60))
    definition: Mapped[dict[str, object]] = mapped_column(JSONB)
    """A `diagnostics.rules.Questionnaire` document."""
