"""Heads of the audit trail in a table of their own, and what auditors say of disputed links.

Revision: 0370. Follows: 0360.
"""

from alembic import op

from chassis import chassis_schema

revision = "0370"
down_revision = "0360"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v5(op, "identity")


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
