"""Evidence of log entries, and how moderators take them.

Revision: 0240. Follows: 0230.
"""

revision = "0240"
down_revision = "0230"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
