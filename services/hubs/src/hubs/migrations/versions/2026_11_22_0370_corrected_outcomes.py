"""What is said of a person in a completed group can be said again, as the next revision.

Revision: 0370. Follows: 0360.
"""

import sqlalchemy as sa
from alembic import op

revision = "0370"
down_revision = "0360"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("group_participant", sa.Column("outcome_revision", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE group_participant SET outcome_revision = 1 WHERE outcome IS NOT NULL")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
