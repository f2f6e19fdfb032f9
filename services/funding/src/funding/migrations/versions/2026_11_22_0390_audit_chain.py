"""The chain over the audit trail, and the heads of other services' chains.

Revision: 0390. Follows: 0380.
"""

from alembic import op

from chassis import chassis_schema

revision = "0390"
down_revision = "0380"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v2(op)


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
