"""Which correction a completion stands after.

Revision: 0100. Follows: 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("completion", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
