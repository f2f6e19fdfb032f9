"""Who had a part in what is owed beside claims of bursaries, so that none of them releases its payment.

Revision: 0340. Follows: 0330.
"""

import sqlalchemy as sa
from alembic import op

revision = "0340"
down_revision = "0330"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payable", sa.Column("people", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
