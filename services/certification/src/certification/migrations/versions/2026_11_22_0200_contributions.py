"""Contributions to the community, as hubs tells of them.

Revision: 0200. Follows: 0100.
"""

revision = "0200"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
