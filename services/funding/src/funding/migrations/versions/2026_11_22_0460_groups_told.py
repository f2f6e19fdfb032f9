"""What others were last told of groups' money.

Revision: 0460. Follows: 0450.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0460"
down_revision = "0450"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("group_grant", sa.Column("told", JSONB(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
