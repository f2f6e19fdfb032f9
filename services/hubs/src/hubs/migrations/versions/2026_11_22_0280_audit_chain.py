"""The chain over the audit trail, and the heads of other services' chains.

Revision: 0280. Follows: centres.
"""

from alembic import op

from chassis import chassis_schema

revision = "0280"
down_revision = "centres"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v2(op)


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
