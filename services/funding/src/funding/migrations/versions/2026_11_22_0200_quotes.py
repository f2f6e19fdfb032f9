"""Course runs as hubs tell of them, and quotes.

Revision: 0200. Follows: 0100.
"""

revision = "0200"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
