"""OAuth clients of partners, and the assertions with which they have proved themselves.

Revision: 0250. Follows: 0240.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0250"
down_revision = "0240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oauth_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("environment", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("authentication", sa.String(length=20), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("former_secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("former_secret_until", UtcDateTime(), nullable=True),
        sa.Column("jwks", postgresql.JSONB(), nullable=True),
        sa.Column(
            "allowed_networks",
            postgresql.ARRAY(sa.String(length=43)),
            nullable=False,
            server_default=sa.text("'{}'"),
        ),
        sa.Column("requests_per_minute", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("environment IN ('live', 'test')", name=op.f("ck_oauth_client_environment")),
        sa.CheckConstraint(
            "authentication IN ('client_secret', 'private_key_jwt')", name=op.f("ck_oauth_client_authentication")
        ),
        sa.CheckConstraint(
            "(authentication = 'client_secret') = (secret_hash IS NOT NULL)", name=op.f("ck_oauth_client_secret_hash")
        ),
        sa.CheckConstraint(
            "(authentication = 'private_key_jwt') = (jwks IS NOT NULL)", name=op.f("ck_oauth_client_jwks")
        ),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_oauth_client_scopes")),
        sa.CheckConstraint("requests_per_minute > 0", name=op.f("ck_oauth_client_requests_per_minute")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_oauth_client_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oauth_client")),
    )
    op.create_index("ix_oauth_client_organisation_id", "oauth_client", ["organisation_id"])
    op.create_table(
        "oauth_used_assertion",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["oauth_client.id"], name=op.f("fk_oauth_used_assertion_client_id")),
        sa.PrimaryKeyConstraint("client_id", "jti_hash", name=op.f("pk_oauth_used_assertion")),
    )


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
