"""A delivery keeps the trace in which it was queued.

Revision: 0410. Follows: 0400.
"""

import sqlalchemy as sa
from alembic import op

revision = "0410"
down_revision = "0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhook_delivery", sa.Column("traceparent", sa.String(60), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
