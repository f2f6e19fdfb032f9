"""Which event told the school of a teacher.

Revision: 0320. Follows: 0310.
"""

import sqlalchemy as sa
from alembic import op

revision = "0320"
down_revision = "0310"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("teacher", sa.Column("school_sequence", sa.BigInteger(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
