"""What the search of runs reads.

Revision: run_search. Follows: prices.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "run_search"
down_revision = "prices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Trusted since PostgreSQL 13: the owner of a database may create it.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    words = "to_tsvector('english'::regconfig, coalesce(venue, '') || ' ' || coalesce(town, ''))"
    op.add_column(
        "course_run",
        sa.Column("place_words", postgresql.TSVECTOR(), sa.Computed(words, persisted=True), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
