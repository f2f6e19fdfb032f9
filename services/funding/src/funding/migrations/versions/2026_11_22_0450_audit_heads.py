"""Heads of the audit trail in a table of their own, and what auditors say of disputed links.

Revision: 0450. Follows: 0440.
"""

from alembic import op

from chassis import chassis_schema

revision = "0450"
down_revision = "0440"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v5(op, "funding")


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
