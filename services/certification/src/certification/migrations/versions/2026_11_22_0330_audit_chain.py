"""The chain over the audit trail, and the heads of other services' chains.

Revision: 0330. Follows: 0320.
"""

from alembic import op

from chassis import chassis_schema

revision = "0330"
down_revision = "0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v2(op)


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
