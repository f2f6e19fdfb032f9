"""Exports of everything, retention, people who were forgotten, and signed heads of the audit trail.

Revision: 0360. Follows: 0350.
"""

from alembic import op

from chassis import chassis_schema

revision = "0360"
down_revision = "0350"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chassis_schema.upgrade_v4(op)


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
