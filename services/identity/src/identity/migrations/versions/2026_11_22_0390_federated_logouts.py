"""Sign-ins that began at a provider can be ended by it.

Revision: 0390. Follows: 0380.
"""

import sqlalchemy as sa
from alembic import op

from chassis.tables import UtcDateTime

revision = "0390"
down_revision = "0380"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("sign_in", "proof_challenge"):
        op.add_column(table, sa.Column("elsewhere_account", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("elsewhere_session", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_sign_in_elsewhere_account"), "sign_in", ["elsewhere_account"])
    op.create_index(op.f("ix_sign_in_elsewhere_session"), "sign_in", ["elsewhere_session"])
    op.add_column("federated_identity", sa.Column("logged_out_at", UtcDateTime(), nullable=True))
    op.create_table(
        "federated_used_logout",
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "jti_hash", name=op.f("pk_federated_used_logout")),
    )
    op.create_index(op.f("ix_federated_used_logout_expires_at"), "federated_used_logout", ["expires_at"])


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
