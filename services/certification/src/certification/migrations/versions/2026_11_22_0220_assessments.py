"""Question banks, attempts and results of assessments.

Revision: 0220. Follows: 0210.
"""

revision = "0220"
down_revision = "0210"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
