"""Certificates that expire.

Revision: 0240. Follows: 0230.
"""

import sqlalchemy as sa
from alembic import op

revision = "0240"
down_revision = "0230"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("certificate", sa.Column("expires_on", sa.Date(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
