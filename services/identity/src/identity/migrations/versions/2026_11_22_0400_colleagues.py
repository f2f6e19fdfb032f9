"""Who was at a school at all: candidates for merges are found among them.

Revision: 0400. Follows: 0390.
"""

from alembic import op

revision = "0400"
down_revision = "0390"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_employment_school_urn", "employment", ["school_urn", "person_id"])


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
