"""Events for pupils, centres, and equipment that is lent.

Revision: centres. Follows: resources.
"""

revision = "centres"
down_revision = "resources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
