"""The change feed of partners, and the second wall between them: row security on what they own.

Revision: 0270. Follows: 0260.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0270"
down_revision = "0260"
branch_labels = None
depends_on = None

OF_PARTNERS = ("api_key", "oauth_client", "partner_change")


def upgrade() -> None:
    op.create_table(
        "partner_change",
        sa.Column("resource", sa.String(length=40), nullable=False),
        sa.Column("resource_id", sa.String(length=80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("resource", "resource_id", name=op.f("pk_partner_change")),
        sa.UniqueConstraint("position", name=op.f("uq_partner_change_position")),
    )
    op.create_table(
        "partner_change_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_partner_change_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_change_head")),
    )
    op.execute("INSERT INTO partner_change_head VALUES (1, gen_random_uuid(), 0)")
    op.execute(
        """
        CREATE FUNCTION is_shown_to_tenant(organisation_id uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT organisation_id IS NULL
                OR coalesce(current_setting('ncce.organisations', true), '') = ''
                OR organisation_id::text = ANY (string_to_array(current_setting('ncce.organisations', true), ','))
        $$
        """
    )
    for table in OF_PARTNERS:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # The service owns its tables, and owners are let through unless this is said.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING (is_shown_to_tenant(organisation_id))")


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
