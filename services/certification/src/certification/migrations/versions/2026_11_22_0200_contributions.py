"""Contributions to the community, as hubs tells of them.

Revision: 0200. Follows: 0100.
"""

import sqlalchemy as sa
from alembic import op

from chassis import chassis_schema
from chassis.tables import UtcDateTime

revision = "0200"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "activity", sa.Column("counts_each_time", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_table(
        "contribution_correction",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.teacher_id"], name=op.f("fk_contribution_correction_teacher_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", "revision", name=op.f("pk_contribution_correction")),
    )
    op.create_index(op.f("ix_contribution_correction_teacher_id"), "contribution_correction", ["teacher_id"])
    chassis_schema.make_append_only(op, "contribution_correction")
    op.alter_column("certificate_review", "completion_id", nullable=True)
    op.add_column("certificate_review", sa.Column("contribution_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_certificate_review_ground"),
        "certificate_review",
        "num_nonnulls(completion_id, contribution_id) = 1",
    )


def downgrade() -> None:
    raise NotImplementedError("certification goes forward only: a wrong revision is followed by another")
