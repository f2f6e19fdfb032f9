"""Corrections of completions.

Revision: corrections. Follows: hub_life.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "corrections"
down_revision = "hub_life"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "completion_correction",
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hours_before", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("hours", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("corrected_at", UtcDateTime(), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("hours >= 0 AND hours <> hours_before", name=op.f("ck_completion_correction_hours")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_completion_correction_revision")),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_completion_correction_completion_id")
        ),
        sa.PrimaryKeyConstraint("completion_id", "revision", name=op.f("pk_completion_correction")),
    )
    chassis_schema.make_append_only(op, "completion_correction")


def downgrade() -> None:
    raise NotImplementedError("hubs goes forward only: a wrong revision is followed by another")
