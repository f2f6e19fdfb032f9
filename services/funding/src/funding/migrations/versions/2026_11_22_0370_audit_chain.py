"""The chain over the audit trail, and the heads of other services' chains.

Revision: 0370. Follows: 0360.
"""

from alembic import op

from chassis import chassis_schema

revision = "0370"
down_revision = "0360"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v2(op)


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
