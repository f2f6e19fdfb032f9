"""API keys with networks and limits of their own, limits of organisations, and why a key was revoked.

Revision: 0230. Follows: 0220.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0230"
down_revision = "0220"
branch_labels = None
depends_on = None


def upgrade() -> None:
    networks = postgresql.ARRAY(sa.String(length=43))
    op.add_column("api_key", sa.Column("allowed_networks", networks, nullable=False, server_default=sa.text("'{}'")))
    op.add_column("api_key", sa.Column("revoked_because", sa.String(length=20), nullable=True))
    op.add_column("api_key", sa.Column("noticed_days", sa.SmallInteger(), nullable=False, server_default="366"))
    for table in ("api_key", "organisation"):
        op.add_column(table, sa.Column("requests_per_minute", sa.Integer(), nullable=True))
        name = op.f(f"ck_{table}_requests_per_minute")
        op.create_check_constraint(name, table, "requests_per_minute > 0")


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
