"""How much of its deliveries an organisation had sent again.

Revision: 0380. Follows: 0370.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0380"
down_revision = "0370"
branch_labels = None
depends_on = None

TABLE = "webhook_replay_use"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("requests_whole_at", UtcDateTime(), nullable=True),
        sa.Column("deliveries_whole_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_webhook_replay_use_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_webhook_replay_use")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON {TABLE} USING (is_shown_to_tenant(organisation_id))")


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
