"""Scheme versions as data, their approval and stored cases.

Revision: 0210. Follows: 0200.
"""

revision = "0210"
down_revision = "0200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
