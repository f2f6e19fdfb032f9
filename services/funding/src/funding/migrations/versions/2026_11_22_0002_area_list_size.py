"""How many areas a list has, so that one that comes in parts counts only when it is whole.

Revision: 0002. Follows: 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("area_list", sa.Column("size", sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
