"""A national team may take one hub's plan in for longer.

Revision: 0400. Follows: 0390.
"""

import sqlalchemy as sa
from alembic import op

revision = "0400"
down_revision = "0390"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hub_plan", sa.Column("open_until_on", sa.Date(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
