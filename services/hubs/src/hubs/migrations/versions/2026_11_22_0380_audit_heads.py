"""Heads of the audit trail in a table of their own, and what auditors say of disputed links.

Revision: 0380. Follows: 0370.
"""

from alembic import op

from chassis import chassis_schema

revision = "0380"
down_revision = "0370"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v5(op, "hubs")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
