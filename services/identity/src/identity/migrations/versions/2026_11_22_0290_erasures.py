"""Erasures and the parts that services have in them.

Revision: 0290. Follows: 0280.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.tables import UtcDateTime

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None

STATUSES = "status IN ('requested', 'cooling', 'running', 'completed', 'cancelled')"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("token_expires_at", UtcDateTime(), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("runs_at", UtcDateTime(), nullable=True),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("certificate_code", sa.String(length=40), nullable=True),
        sa.CheckConstraint(STATUSES, name=op.f("ck_erasure_status")),
        sa.CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name=op.f("ck_erasure_completed")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("certificate_code", name=op.f("uq_erasure_certificate_code")),
    )
    is_open = sa.text("status IN ('requested', 'cooling', 'running')")
    op.create_index("uq_erasure_open", "erasure", ["person_id"], unique=True, postgresql_where=is_open)
    is_due = sa.text("status IN ('cooling', 'running')")
    op.create_index("ix_erasure_status", "erasure", ["status"], postgresql_where=is_due)
    _steps()


def _steps() -> None:
    nothing = sa.text("'{}'::jsonb")
    counts = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "erasure_step",
        sa.Column("erasure_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("erased", counts, server_default=nothing, nullable=False),
        sa.Column("kept", counts, server_default=nothing, nullable=False),
        sa.ForeignKeyConstraint(["erasure_id"], ["erasure.id"], name=op.f("fk_erasure_step_erasure_id")),
        sa.PrimaryKeyConstraint("erasure_id", "service", name=op.f("pk_erasure_step")),
    )


def downgrade() -> None:
    raise NotImplementedError("identity goes forward only: a wrong revision is followed by another")
