"""The table of drafts of the fee policy."""

from sqlalchemy import ForeignKeyConstraint, Index, text

from funding.base import Base
from funding.policy_drafts.models import Draft, constraints


class FeePolicyDraft(Draft, Base):
    """A version of the fee policy that somebody proposes."""

    __tablename__ = "fee_policy_draft"
    __table_args__ = (
        *constraints(),
        ForeignKeyConstraint(["published_version"], ["fee_policy_version.version"]),
        Index(
            "uq_fee_policy_draft_published",
            "published_version",
            unique=True,
            postgresql_where=text("published_version IS NOT NULL"),
        ),
    )
