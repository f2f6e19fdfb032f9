"""Whose two ids are one person's, which rows a merge moved, and that completions, which never change, may move.

Revision: 0290. Follows: 0280.
"""

from alembic import op

from chassis import chassis_schema

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v3(op)
    chassis_schema.let_merges_move(op, "completion")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
