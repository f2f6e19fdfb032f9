"""Mail that other services ask for.

Revision: 0200. Follows: 0001.
"""

revision = "0200"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
