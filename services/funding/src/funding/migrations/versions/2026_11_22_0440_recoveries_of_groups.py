"""Grants of groups name their hub, and say whether the grant of one that was called off is to be ended.

Revision: 0440. Follows: 0430.
"""

import sqlalchemy as sa
from alembic import op

revision = "0440"
down_revision = "0430"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("group_grant", sa.Column("hub_name", sa.String(length=200), nullable=True))
    op.add_column("group_grant", sa.Column("recovery", sa.String(length=10), nullable=True))
    op.create_check_constraint(
        op.f("ck_group_grant_recovery"), "group_grant", "recovery IN ('proposed', 'approved', 'declined')"
    )


def downgrade() -> None:
    raise NotImplementedError("funding goes forward only: a wrong revision is followed by another")
