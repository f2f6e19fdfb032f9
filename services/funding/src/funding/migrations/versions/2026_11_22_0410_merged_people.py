"""Whose two ids are one person's, and which rows a merge moved.

Revision: 0410. Follows: 0400.
"""

from alembic import op

from chassis import chassis_schema

revision = "0410"
down_revision = "0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v3(op)


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
